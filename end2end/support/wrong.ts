// A form that cannot be taken: it says so at the top and at the field, leads there, and keeps what was typed.

import { type Page } from "@playwright/test";
import { sideways } from "./fits.ts";
import { axe, expect } from "./page.ts";

/** Something typed into a field, and what is said of it. */
export interface Wrong {
  field: string;
  typed: string;
  words: string | RegExp;
}

/** What somebody may type or paste who means no good, or uses another keyboard. */
export const HOSTILE = ["</textarea><script>document.title='gone'</script>", "\u202eabc \u05e9\u05dc\u05d5\u05dd", "😀".repeat(40)];

/** Types what is wrong, presses, and looks. */
export async function refused(page: Page, { field, typed, words }: Wrong, button: string): Promise<void> {
  const control = page.locator(`#${field}`);
  await control.fill(typed);
  await page.getByRole("button", { name: button, exact: true }).click();
  const link = page.getByRole("alert").getByRole("link", { name: words });
  await expect(link, `${field}: ${typed.slice(0, 40)}`).toBeVisible();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(control).toHaveAttribute("aria-invalid", "true");
  await expect(control).toHaveAccessibleDescription(new RegExp(`Error: ${words instanceof RegExp ? words.source.replace(/^\^/, "") : escaped(words)}`));
  if ((await control.getAttribute("type")) !== "password") await expect(control).toHaveValue(typed);
  await link.click();
  await expect(control).toBeFocused();
}

/** The page with its errors is right for axe, and fits a phone. */
export async function fits(page: Page): Promise<void> {
  await axe(page);
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await axe(page);
  await page.setViewportSize(before);
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
