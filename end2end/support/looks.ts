// Axe on what stands on the screen, in the ways that a page is looked at.

import type { Page } from "@playwright/test";
import { axe } from "./page.ts";

/** The whole of axe in both widths; in the dark, whose page is the same but for its colors, what looks at colors. */
export async function looks(page: Page): Promise<void> {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    // Without motion: no color is looked at on its way to another.
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await axe(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await axe(page, ["color-contrast", "link-in-text-block"]);
  }
}
