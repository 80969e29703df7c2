// screens.md, "Every page" and "Looks": what holds wherever one is.

import { axe, expect, hydrated, signIn, test } from "../support/page.ts";

const PAGES = [
  "/",
  "/?q=nobody",
  "/clients/new",
  "/cases/25-1040417",
  "/cases/25-1040417/text",
  "/cases/25-1040417/texts",
  "/cases/25-1041466/text",
  "/reviews",
  "/admin/opt-outs",
  "/admin/incoming",
  "/admin/setup",
  "/admin/setup/tables/quick-entries",
  "/admin/texting",
  "/admin/texting/account",
  "/admin/texting/number",
  "/admin/texting/responses",
  "/admin/texting/address",
  "/admin/texting/connect",
  "/admin/texting/test",
  "/admin/texting/by-hand",
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 320]) {
    test(`line 1: axe finds nothing, ${colorScheme}, ${width} px`, async ({ page, app }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.goto("/login");
      await axe(page);
      await signIn(page, app);
      for (const path of PAGES) {
        await page.goto(path);
        await hydrated(page);
        await axe(page);
      }
    });
  }
}

test("line 2: each page has one h1, its own title, a language, and a skip link first", async ({ page, app }) => {
  await signIn(page, app);
  const titles = new Set<string>();
  for (const path of PAGES) {
    await page.goto(path);
    await hydrated(page);
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page.locator("html")).toHaveAttribute("lang", /^en/);
    expect(await page.title()).toMatch(/ – /);
    titles.add(`${path} ${await page.title()}`);
    await page.keyboard.press("Tab");
    await expect(page.locator(":focus")).toHaveAttribute("href", "#main");
  }
  expect(titles.size).toBe(PAGES.length);
});

test("line 3: a change of page focuses its heading and sets the title", async ({ page, app }) => {
  await signIn(page, app);
  await hydrated(page);
  await page.getByRole("link", { name: "Thuy Nguyen" }).click();
  await expect(page).toHaveTitle(/^Thuy Nguyen/);
  await expect(page.locator("h1")).toBeFocused();
});

test("line 29: nothing scrolls sideways at 320 by 256", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await signIn(page, app);
  for (const path of PAGES) {
    await page.goto(path);
    await hydrated(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, path).toBeLessThanOrEqual(0);
  }
});

test("line 37: a search without a result says what was looked for and what to do", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/?q=nobody");
  await expect(page.getByRole("main")).toContainText("nobody");
});

test("line 39: the token is never in the HTML, and every page says that this is training", async ({ page, app }) => {
  await signIn(page, app);
  for (const path of PAGES) {
    await page.goto(path);
    expect(await page.content()).not.toContain(app.twilio.authToken);
    await expect(page.getByText("Training: no real texts are sent")).toBeVisible();
  }
});
