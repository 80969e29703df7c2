// US carriers do not know the office's number: texts wait, and an administrator says when it is registered.

import { type App, startApp } from "../support/app.ts";
import { setFate } from "../support/carrier.ts";
import { accepted, compose, sendButton } from "../support/composer.ts";
import { axe, expect, hydrated, test } from "../support/page.ts";
import { fits } from "../support/wrong.ts";

test.describe.configure({ timeout: 120_000 });

const CASE = "25-1041377";
const PHONE = "+16615550163";
const HALTED = "No text goes out: the number is not registered with US carriers";
const MEANT = "The number is registered with US carriers now";
const AGAIN = "Let texts leave again";

test("one text finds it out, the next waits and says why; without the tick nothing leaves; with it the text does", async ({ browser }) => {
  // A demo of its own: everybody's texts wait.
  const app: App = await startApp();
  try {
    const context = await browser.newContext({ baseURL: app.url });
    const page = await context.newPage();
    await setFate(app, PHONE, "undelivered:30034");
    await (await compose(page, app, CASE)).fill("First.");
    await sendButton(page).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.goto(`/cases/${CASE}/texts`);
    const row = (body: string) => page.getByRole("row").filter({ hasText: body });
    await expect(row("First.")).toContainText("Our number is not fully registered with US carriers.");
    await expect(row("First.").getByRole("link", { name: /Try again/ })).toBeVisible();

    await setFate(app, PHONE, "delivered");
    await (await compose(page, app, CASE)).fill("Second.");
    await sendButton(page).click();
    await expect(page.getByRole("dialog")).toContainText("US carriers take no text from the office’s number until it is registered");
    expect(await accepted(app, "Second.")).toBe(0);

    await page.goto("/admin/texting");
    await hydrated(page);
    await expect(page.getByRole("heading", { name: HALTED })).toBeVisible();
    await axe(page);
    await page.getByRole("button", { name: AGAIN }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByRole("checkbox", { name: MEANT })).toHaveAttribute("aria-invalid", "true");
    for (const width of [1280, 375]) {
      await page.setViewportSize({ width, height: 800 });
      await fits(page);
    }
    expect(await accepted(app, "Second.")).toBe(0);

    await page.getByRole("checkbox", { name: MEANT }).check();
    await page.getByRole("button", { name: AGAIN }).click();
    await expect(page.getByRole("heading", { name: "Texting Setup" })).toBeVisible();
    await expect(page.getByRole("heading", { name: HALTED })).toHaveCount(0);
    await page.goto(`/cases/${CASE}/texts`);
    await expect(row("Second.")).toContainText("Delivered");
    await expect(row("First.")).toContainText("Not delivered");
    expect(await accepted(app, "Second.")).toBe(1);
    await context.close();
  } finally {
    await app.stop();
  }
});
