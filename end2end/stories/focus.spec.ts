// screens.md, line 35: where the keyboard is, what can be hit, and text that is made larger.

import { type Page } from "@playwright/test";
import { PAGES } from "../support/pages.ts";
import { compose } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

const AT_MOST_STOPS = 150;

interface Stop {
  what: string;
  /** It is this very element that has an outline or, where it is a box of its own, that of its shape. */
  ringed: boolean;
  /** It can be seen: nothing lies over it, and it is in the window. */
  seen: boolean;
}

/** Where the focus is now; nothing when it has left the page. */
function stop(page: Page): Promise<Stop | null> {
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

async function walk(page: Page): Promise<void> {
  const bad: Stop[] = [];
  for (let stops = 0; stops < AT_MOST_STOPS; stops++) {
    await page.keyboard.press("Tab");
    const now = await stop(page);
    if (!now) break;
    if (!now.ringed || !now.seen) bad.push(now);
  }
  expect(bad).toEqual([]);
}

for (const path of ["/login", ...PAGES]) {
  test(`line 35: on ${path} every stop of Tab has a ring of its own and is not hidden under what sticks`, async ({ page, app }) => {
    test.setTimeout(60_000);
    await page.setViewportSize({ width: 1280, height: 500 });
    if (path !== "/login") await signIn(page, app);
    await page.goto(path);
    await hydrated(page);
    await walk(page);
  });
}

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

for (const path of ["/login", ...PAGES]) {
  test(`line 35: on ${path} what is pressed is at least 24 by 24, or stands in a line of text`, async ({ page, app }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    if (path !== "/login") await signIn(page, app);
    await page.goto(path);
    await hydrated(page);
    const small = await page.evaluate(() => {
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
    expect(small).toEqual([]);
  });
}

/** Words that are cut off: their box hides what does not fit in. */
function cut(page: Page): Promise<string[]> {
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

const LARGER = {
  "200 % text": "html { font-size: 200% !important; }",
  "text spacing of WCAG 1.4.12":
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }",
};

for (const [name, css] of Object.entries(LARGER)) {
  for (const path of ["/login", ...PAGES]) {
    test(`line 35: ${name} cuts nothing off on ${path}`, async ({ page, app }) => {
      await page.setViewportSize({ width: 640, height: 800 });
      if (path !== "/login") await signIn(page, app);
      await page.goto(path);
      await hydrated(page);
      // Not a style element: the page allows none but its own files.
      await page.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      }, css);
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(await over()).toBeLessThanOrEqual(0);
      expect(await cut(page)).toEqual([]);
    });
  }
}
