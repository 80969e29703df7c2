// screens.md, line 29: 1280 px at 400 %, that is 320 by 256.

import { type Page } from "@playwright/test";
import { PAGES } from "../support/pages.ts";
import { compose, sendButton } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

const [WIDTH, HEIGHT] = [320, 256];

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
});

function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** How much of the window's height stays covered however far one scrolls, as a share. */
function covered(page: Page): Promise<number> {
  return page.evaluate(() => {
    window.scrollTo(0, document.documentElement.scrollHeight);
    const stuck = [...document.querySelectorAll("*")].filter((each) => {
      const position = getComputedStyle(each).position;
      if (position === "fixed") return each.checkVisibility();
      if (position !== "sticky") return false;
      const { top, bottom } = each.getBoundingClientRect();
      return bottom > 0 && top < window.innerHeight;
    });
    const pixels = stuck.reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
    window.scrollTo(0, 0);
    return pixels / window.innerHeight;
  });
}

for (const path of ["/login", ...PAGES]) {
  test(`line 29: at 320 by 256 ${path} does not scroll sideways, and what sticks covers at most a third`, async ({ page, app }) => {
    if (path !== "/login") await signIn(page, app);
    await page.goto(path);
    await hydrated(page);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    expect(await covered(page)).toBeLessThanOrEqual(1 / 3);
  });
}

test("line 29: at 320 by 256 an error summary, the open picker and a box fit as well", async ({ page, app }) => {
  const text = await compose(page, app, "25-1040417");
  await page.getByRole("combobox", { name: "Quick Entry" }).click();
  await expect(page.getByRole("listbox")).toBeVisible();
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await page.keyboard.press("Escape");
  await text.fill("w".repeat(200) + " [blank]");
  await sendButton(page).click();
  await expect(page.locator(".problem")).toBeFocused();
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await text.fill("Not sent");
  await page.getByText("Cancel/Close").click();
  const box = page.getByRole("dialog");
  await expect(box.getByRole("button", { name: "Go on writing" })).toBeFocused();
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  const { x, width } = (await box.boundingBox()) ?? { x: -1, width: WIDTH + 1 };
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(WIDTH);
});

for (const path of ["/", "/cases/25-1040417/texts", "/admin/setup/tables/quick-entries"]) {
  test(`line 29: at 320 by 256 the table of ${path} still has its roles`, async ({ page, app }) => {
    await signIn(page, app);
    await page.goto(path);
    await hydrated(page);
    const table = page.getByRole("table").first();
    await expect(table).toHaveAccessibleName(/\S/);
    const rows = table.getByRole("row").filter({ has: page.getByRole("cell") });
    const heads = await table.getByRole("columnheader", { includeHidden: true }).count();
    expect(heads).toBeGreaterThan(2);
    await expect(rows.first()).toBeVisible();
    expect(await rows.first().getByRole("rowheader").count()).toBe(1);
    expect(await rows.first().getByRole("cell").count()).toBe(heads - 1);
  });
}
