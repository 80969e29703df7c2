// A program of a story's own whose clock can be put forward: days pass in a moment, and no other story feels it.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp } from "./app.ts";
import { test as base } from "./page.ts";

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** Puts the clock forward. */
export type Later = (milliseconds: number) => Promise<void>;

export const test = base.extend<object, { clockFile: string; later: Later }>({
  clockFile: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "oktext-clock-"));
      await use(join(folder, "ahead"));
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],

  app: [
    async ({ appFlags, clockFile }, use) => {
      const app = await startApp(appFlags, { OKTEXT_CLOCK_FILE: clockFile });
      await use(app);
      await app.stop();
    },
    { scope: "worker" },
  ],

  later: [
    async ({ clockFile }, use) => {
      let ahead = 0;
      await use((milliseconds) => {
        ahead += milliseconds;
        return writeFile(clockFile, String(ahead));
      });
    },
    { scope: "worker" },
  ],
});
