// Where the keyboard is, and what can be hit.

import { expect, type Page } from "@playwright/test";

const AT_MOST_STOPS = 150;

/** A stop of the Tab key. */
export interface Stop {
  what: string;
  /** It is this very element that has an outline or, where it is a box of its own, that of its shape. */
  ringed: boolean;
  /** It can be seen: nothing lies over it, and it is in the window. */
  seen: boolean;
}

/** Where the focus is now; nothing when it has left the page. */
export function stop(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    const box = [...at.getClientRects()][0] ?? at.getBoundingClientRect();
    const x = box.x + Math.min(box.width / 2, 12);
    // Top and bottom edge: what sticks would cover one of them.
    const points = [box.top + 2, Math.min(box.bottom - 2, window.innerHeight - 2)];
    const seen = points.every((y) => {
      const there = document.elementFromPoint(x, y);
      return there !== null && (at.contains(there) || there.contains(at) || there.closest("label, .paper") !== null);
    });
    return {
      what: at.outerHTML.slice(0, 140),
      ringed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
      seen,
    };
  });
}

/** Walks the page with Tab, from where the focus is: each stop has a ring and is not hidden under what sticks. */
export async function walk(page: Page): Promise<void> {
  const bad: Stop[] = [];
  for (let stops = 0; stops < AT_MOST_STOPS; stops++) {
    await page.keyboard.press("Tab");
    const now = await stop(page);
    if (!now) break;
    if (!now.ringed || !now.seen) bad.push(now);
  }
  expect.soft(bad, "stops of Tab without a ring of their own, or hidden").toEqual([]);
}

/** What is pressed and is smaller than 24 by 24, and no link in a line of text. */
export function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option]";
    /** WCAG 2.5.8 excepts a link in a sentence: its size is that of the line. */
    const inText = (each: Element) =>
      each.tagName === "A" && getComputedStyle(each).display === "inline" &&
      [...(each.parentElement?.childNodes ?? [])].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    return [...document.querySelectorAll(pressed)]
      .map((each) => each.closest("label") ?? each)
      .filter((each) => each.checkVisibility() && !each.closest(".hide, .skip") && !inText(each))
      .map((each) => ({ what: each.outerHTML.slice(0, 120), box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ what, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${what}`);
  });
}
