// Whether a page fits: in a small window, with larger text.

import type { Page } from "@playwright/test";

/** By how many pixels the page can be scrolled sideways. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** How much of the window's height stays covered however far one scrolls, as a share. */
export function covered(page: Page): Promise<number> {
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

/** Words that are cut off: their box hides what does not fit in. */
export function cut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main *, header *, aside *")]
      .filter((each) => each.checkVisibility() && !each.closest(".hide, svg, .skip, .unit, thead") && each.textContent?.trim())
      .filter((each) => {
        const { overflowX, overflowY } = getComputedStyle(each);
        const hides = (overflow: string) => overflow === "hidden" || overflow === "clip";
        return (hides(overflowX) && each.scrollWidth > each.clientWidth + 1) || (hides(overflowY) && each.scrollHeight > each.clientHeight + 1);
      })
      .map((each) => each.outerHTML.slice(0, 140)),
  );
}

/** What a person may do to a page's text: WCAG 1.4.4 and 1.4.12. */
export const LARGER = {
  "200 % text": "html { font-size: 200% !important; }",
  "text spacing of WCAG 1.4.12":
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }",
};

/** Lays one more sheet of rules over the page's own, and takes the last one away. */
export function wear(page: Page, css: string): Promise<void> {
  // Not a style element: the page allows none but its own files.
  return page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, css);
}
