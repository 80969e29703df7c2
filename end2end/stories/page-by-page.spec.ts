// screens.md, lines 2, 17, 29 and 35 on every page, in one visit each. Line 1 stands in `every-page`.

import { expect, type Page } from "@playwright/test";
import { small, walk } from "../support/focus.ts";
import { startFresh } from "../support/fresh.ts";
import { covered, cut, LARGER, sideways, wear } from "../support/fits.ts";
import { looks } from "../support/looks.ts";
import { visit, hydrated, test } from "../support/page.ts";
import { PAGES } from "../support/pages.ts";
import { visitAsHost } from "../support/people.ts";
import { FRAME, MAIN } from "../support/structure.ts";

/** One `h1` that titles the page, a language, a skip link into the main part, and its parts in order. */
async function structure(page: Page, path: string, office = " – Cedar Valley Legal Aid", frame = FRAME): Promise<void> {
  const heading = page.locator("h1");
  await expect(heading).toHaveCount(1);
  const words = (await heading.innerText()).replace(/\s+/g, " ").trim();
  await expect.soft(page).toHaveTitle(`${words}${office}`);
  await expect.soft(page.locator("html")).toHaveAttribute("lang", "en-US");
  await page.keyboard.press("Tab");
  await expect.soft(page.getByRole("link", { name: "Skip to the main part" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.soft(page.getByRole("main")).toBeFocused();
  // A page may have nothing to press: then the next stop is none at all.
  const stops = await page.locator("main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)").filter({ visible: true }).count();
  await page.keyboard.press("Tab");
  const within = await page.evaluate(() => document.activeElement?.closest("main") !== null);
  expect.soft(within, "the next stop is in the main part").toBe(stops > 0);
  await expect.soft(page.locator("body")).toMatchAriaSnapshot(frame);
  await expect.soft(page.getByRole("main")).toMatchAriaSnapshot(MAIN[path] ?? `- heading "${path} has no snapshot here"`);
}

/** The browser refuses, cuts and disables nothing: what is wrong is said by the page's own words. */
async function nothingRefused(page: Page): Promise<void> {
  await expect.soft(page.locator("[required], [maxlength], :disabled")).toHaveCount(0);
  await expect.soft(page.locator("form:not([novalidate]):has(input:not([type=hidden]), select, textarea)")).toHaveCount(0);
}

/** Every stop of Tab from the top has a ring of its own, and what sticks hides none. */
async function rings(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    // The next Tab begins at the top of the page.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  await walk(page);
}

/** At 320 by 256 nothing scrolls sideways, what sticks leaves two thirds, and what is pressed can be hit. */
async function smallWindow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 256 });
  expect.soft(await sideways(page), "pixels sideways").toBeLessThanOrEqual(0);
  expect.soft(await covered(page), "covered by what sticks").toBeLessThanOrEqual(1 / 3);
  expect.soft(await small(page), "smaller than 24 by 24").toEqual([]);
}

/** Larger and wider text cuts nothing off. */
async function largerText(page: Page): Promise<void> {
  await page.setViewportSize({ width: 640, height: 800 });
  for (const [name, css] of Object.entries(LARGER)) {
    await wear(page, css);
    expect.soft(await sideways(page), `pixels sideways with ${name}`).toBeLessThanOrEqual(0);
    expect.soft(await cut(page), `cut off by ${name}`).toEqual([]);
  }
}

// Each page by itself, so that both workers take some.
test.describe.configure({ mode: "parallel" });

for (const path of PAGES) {
  test(`lines 2, 17, 29, 35: ${path} has its parts in order, rings that are seen, refuses nothing by itself, and fits small windows and large text`, async ({ page, app }) => {
    test.setTimeout(60_000);
    await visit(page, app, path);
    await structure(page, path);
    await nothingRefused(page);
    await rings(page);
    await smallWindow(page);
    await largerText(page);
  });
}

test("lines 2, 17, 29, 35: the host's page has its parts in order, rings that are seen, refuses nothing by itself, and fits small windows and large text", async ({ page, app }) => {
  test.setTimeout(60_000);
  await visitAsHost(page, app);
  await structure(page, "/host", " – Oktext", FRAME.replace('"Clients"', '"Organizations"'));
  await nothingRefused(page);
  await rings(page);
  await smallWindow(page);
  await largerText(page);
});

test("lines 2, 17, 29, 35: the sign-in has its parts in order, rings that are seen, refuses nothing by itself, and fits small windows and large text", async ({ page }) => {
  await page.goto("/login");
  await hydrated(page);
  await expect.soft(page).toHaveTitle(/^Sign in/);
  await expect.soft(page.locator("html")).toHaveAttribute("lang", "en-US");
  await page.keyboard.press("Tab");
  await expect.soft(page.getByRole("link", { name: "Skip to the main part" })).toBeFocused();
  await expect.soft(page.getByRole("main")).toMatchAriaSnapshot(MAIN["/login"] ?? "");
  await nothingRefused(page);
  await rings(page);
  await smallWindow(page);
  await largerText(page);
});

test("lines 1, 2, 17, 29, 35: the page of the first administrator is right for axe, has its parts in order, rings that are seen, refuses nothing by itself, and fits small windows and large text", async ({ page }) => {
  const office = await startFresh();
  try {
    await page.goto(`${office.url}/first`);
    await hydrated(page);
    await expect.soft(page).toHaveTitle(/^Create the first administrator/);
    await expect.soft(page.locator("html")).toHaveAttribute("lang", "en-US");
    await page.keyboard.press("Tab");
    await expect.soft(page.getByRole("link", { name: "Skip to the main part" })).toBeFocused();
    await expect.soft(page.getByRole("main")).toMatchAriaSnapshot(MAIN["/first"] ?? "");
    await nothingRefused(page);
    await looks(page);
    await rings(page);
    await smallWindow(page);
    await largerText(page);
  } finally {
    await office.stop();
  }
});
