// After a backup was restored nothing leaves, until an administrator has looked and says so.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { type App, programPath, startApp } from "../support/app.ts";
import { accepted, compose, sendButton } from "../support/composer.ts";
import { axe, expect, hydrated, signIn, test } from "../support/page.ts";
import { LUIS } from "../support/people.ts";
import { fits } from "../support/wrong.ts";

test.describe.configure({ timeout: 120_000 });

const RELEASE = "Let texts leave again";
const MEANT = "I have looked at this page, and new texts may leave";

/** A demo of its own whose queue `oktext hold` holds, as restoring a backup does. */
async function whileHeld(browser: Browser, scripts: boolean, story: (page: Page, app: App) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "oktext-held-"));
  const env = {
    OKTEXT_DATABASE_URL: `sqlite:${join(folder, "oktext.sqlite3")}`,
    OKTEXT_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
  };
  const app = await startApp([], env);
  try {
    const { stdout } = await promisify(execFile)(programPath(), ["hold"], { env: { ...process.env, ...env } });
    expect(stdout).toContain("are held");
    const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: scripts });
    await story(await context.newPage(), app);
    await context.close();
  } finally {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

test("a text waits and says why; without the tick nothing is released; with it the text leaves, once", async ({ browser }) => {
  const body = "Written after the backup came back.";
  await whileHeld(browser, true, async (page, app) => {
    const text = await compose(page, app, "25-1041377");
    await text.fill(body);
    await sendButton(page).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.goto("/cases/25-1041377/texts");
    await hydrated(page);
    const row = page.getByRole("row").filter({ hasText: body });
    await expect(row).toContainText("Waiting");
    expect(await accepted(app, body)).toBe(0);

    await page.goto("/unclear");
    await hydrated(page);
    await expect(page.getByRole("heading", { name: "A backup was restored, and no text leaves" })).toBeVisible();
    await axe(page);
    await page.getByRole("button", { name: RELEASE }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByRole("checkbox", { name: MEANT })).toHaveAttribute("aria-invalid", "true");
    await axe(page);
    for (const width of [1280, 375]) {
      await page.setViewportSize({ width, height: 800 });
      await fits(page);
    }
    expect(await accepted(app, body)).toBe(0);

    await page.getByRole("checkbox", { name: MEANT }).check();
    await page.getByRole("button", { name: RELEASE }).click();
    await expect(page.getByRole("heading", { name: "A backup was restored, and no text leaves" })).toHaveCount(0);
    await page.goto("/cases/25-1041377/texts");
    await expect(row).toContainText("Delivered");
    expect(await accepted(app, body)).toBe(1);
  });
});

test("without scripts it is a plain form, and staff who are no administrators are told who can", async ({ browser }) => {
  await whileHeld(browser, false, async (page, app) => {
    await signIn(page, { ...app, email: LUIS });
    await page.goto("/unclear");
    await expect(page.getByText("An administrator lets texts leave again.")).toBeVisible();
    await expect(page.getByRole("button", { name: RELEASE })).toHaveCount(0);
    await page.context().clearCookies();
    await signIn(page, app);
    await page.goto("/unclear");
    await page.getByRole("checkbox", { name: MEANT }).check();
    await page.getByRole("button", { name: RELEASE }).click();
    await expect(page.getByRole("heading", { name: "A backup was restored, and no text leaves" })).toHaveCount(0);
  });
});
