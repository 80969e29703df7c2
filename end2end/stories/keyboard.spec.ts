// The whole way without a mouse.

import { type Page } from "@playwright/test";
import { compose } from "../support/composer.ts";
import { expect, hydrated, test } from "../support/page.ts";

/** Presses Tab until something of this role and name has the focus; more than this many stops is a fault. */
async function tabTo(page: Page, role: string, name: RegExp, atMost = 40): Promise<void> {
  const target = page.getByRole(role as "link", { name });
  for (let stop = 0; stop < atMost; stop++) {
    await page.keyboard.press("Tab");
    if (await target.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return;
  }
  throw new Error(`${role} ${name} was not reached within ${atMost} stops`);
}

test("from signing in to Message Status with the keyboard only", async ({ page, app }) => {
  await page.goto("/login");
  await tabTo(page, "textbox", /E-mail/);
  await page.keyboard.type(app.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(app.password);
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/\/login/);
  await hydrated(page);
  await tabTo(page, "link", /^Priya Raman$/, 80);
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toBeFocused();
  await tabTo(page, "link", /^Send Text/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/text$/);
  await expect(page.locator("h1")).toBeFocused();
  await tabTo(page, "combobox", /Quick Entry/);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.type("documents needed");
  await page.keyboard.press("Enter");
  await page.keyboard.type("your lease");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Friday");
  await expect(page.locator("textarea[name=body]")).toHaveValue("We still need your lease by Friday. Cedar Valley Legal Aid");
  await tabTo(page, "button", /^Send Message/, 5);
  await page.keyboard.press("Enter");
  const box = page.getByRole("dialog");
  await expect(box).toContainText("Message Sent!");
  await expect(box.getByText("Ok", { exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(box).toHaveCount(0);
  await page.goto("/cases/25-1041502/texts");
  await hydrated(page);
  await tabTo(page, "button", /^Message Status/);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Twilio says/).first()).toBeVisible();
});

test("Escape closes the list of phrases and never clears the draft", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await text.fill("Stays here");
  await page.getByRole("combobox", { name: "Quick Entry" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await expect(page.getByRole("combobox", { name: "Quick Entry" })).toBeFocused();
  await expect(text).toHaveValue("Stays here");
});
