// Two programs: the composer opened by its address runs one of its own, all other pages share one.

import type { Page } from "@playwright/test";
import { compose, textBox } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

const CASE = "25-1041377";

test("the composer opened by its address loads its own program, and its links load the other pages", async ({ page, app }) => {
  const text = await compose(page, app, CASE);
  expect(await programs(page)).toEqual(["composer"]);
  const body = "Left by a link, a moment after the last letter.";
  await text.fill(body);
  await page.getByRole("link", { name: /^Texts/ }).first().click();
  await expect(page).toHaveURL(new RegExp(`/cases/${CASE}/texts$`));
  await hydrated(page);
  expect(await programs(page)).toEqual(["pages"]);
  await page.goBack();
  await expect(textBox(page)).toHaveValue(body);
  await hydrated(page);
  await textBox(page).fill("");
});

test("leaving the composer by Cancel/Close leads to the case, and Back to the page before", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto(`/cases/${CASE}/texts`);
  const text = await compose(page, app, CASE);
  await text.fill("Something typed, so that it asks.");
  await page.getByRole("link", { name: "Cancel/Close" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /Throw/ }).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${CASE}$`));
  await hydrated(page);
  expect(await programs(page)).toEqual(["pages"]);
  await expect(page.getByRole("link", { name: "Send Text" }).first()).toBeVisible();
});

test("from the case to its composer nothing is loaded anew", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto(`/cases/${CASE}`);
  await hydrated(page);
  await page.evaluate(() => document.documentElement.setAttribute("data-same", ""));
  await page.getByRole("link", { name: "Send Text" }).first().click();
  await expect(textBox(page)).toBeVisible();
  await expect(page.locator("html[data-same]")).toHaveCount(1);
  expect(await programs(page)).toEqual(["pages"]);
});

/** The programs that the page has loaded, by the first part of their files' names. */
async function programs(page: Page): Promise<string[]> {
  const names = await page.evaluate(() =>
    performance.getEntriesByType("resource").map((entry) => /\/pkg\/(\w+)\.\w+\.wasm$/.exec(entry.name)?.[1] ?? ""),
  );
  return [...new Set(names.filter((name) => name !== ""))];
}
