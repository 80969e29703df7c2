// screens.md, lines 29 and 35 where something is open or stuck. Every page by itself stands in `page-by-page`.

import { compose, sendButton } from "../support/composer.ts";
import { sideways } from "../support/fits.ts";
import { stop } from "../support/focus.ts";
import { expect, test, visit } from "../support/page.ts";

/** 1280 px at 400 %. */
const WINDOW = { width: 320, height: 256 };

test("line 29: at 320 by 256 an error summary, the open picker and a box fit as well", async ({ page, app }) => {
  await page.setViewportSize(WINDOW);
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
  const { x, width } = (await box.boundingBox()) ?? { x: -1, width: WINDOW.width + 1 };
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(WINDOW.width);
});

test("line 29: at 320 by 256 tables still have their roles", async ({ page, app }) => {
  await page.setViewportSize(WINDOW);
  for (const path of ["/", "/cases/25-1040417/texts", "/admin/setup/tables/quick-entries", "/admin/staff"]) {
    await visit(page, app, path);
    const table = page.getByRole("table").first();
    await expect(table).toHaveAccessibleName(/\S/);
    const rows = table.getByRole("row").filter({ has: page.getByRole("cell") });
    const heads = await table.getByRole("columnheader", { includeHidden: true }).count();
    expect(heads, path).toBeGreaterThan(2);
    await expect(rows.first()).toBeVisible();
    expect(await rows.first().getByRole("rowheader").count(), path).toBe(1);
    expect(await rows.first().getByRole("cell").count(), path).toBe(heads - 1);
  }
});

test("line 35: going backwards nothing is hidden under what sticks either", async ({ page, app }) => {
  await page.setViewportSize({ width: 1280, height: 400 });
  await compose(page, app, "25-1041205");
  await page.getByText("Cancel/Close").focus();
  for (let stops = 0; stops < 12; stops++) {
    await page.keyboard.press("Shift+Tab");
    const now = await stop(page);
    if (!now) break;
    expect(now).toEqual({ what: now.what, ringed: true, seen: true });
  }
});
