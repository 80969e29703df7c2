// An office of its own, just made: `oktext serve` on an empty database, and its first administrator.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { end, programPath } from "./app.ts";

/** A server that nobody has signed in to yet. */
export interface Fresh {
  url: string;
  /** What the server printed for whoever makes the first administrator. */
  token: string;
  stop(): Promise<void>;
}

/** Starts it on a free port, with its data in a temporary folder. */
export async function startFresh(): Promise<Fresh> {
  const folder = await mkdtemp(join(tmpdir(), "oktext-fresh-"));
  const child = spawn(programPath(), ["serve", "--listen", "127.0.0.1:0", "--data-dir", folder], {
    env: { ...process.env, OKTEXT_PUBLIC_URL: "http://127.0.0.1:9" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await said(child)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads "Nobody can sign in yet…", the token on the line after it, and `ready http://…`. */
async function said(child: ChildProcess): Promise<Pick<Fresh, "url" | "token">> {
  let [log, token, isNext] = ["", "", false];
  child.stderr?.on("data", (part) => (log += part));
  for await (const line of createInterface({ input: child.stdout! })) {
    if (isNext) token = line.trim();
    isNext = line.startsWith("Nobody can sign in yet");
    const [, url] = /^ready (\S+)$/.exec(line) ?? [];
    if (url) return { url: url.replace(/\/$/, ""), token };
  }
  throw new Error(`The server did not get ready.\n${log}`);
}
