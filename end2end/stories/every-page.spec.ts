// screens.md, "Every page": what holds wherever one is. Line 2 stands in `structure`, line 29 in `small-screens`.

import { PAGES } from "../support/pages.ts";
import { axe, expect, hydrated, signIn, test } from "../support/page.ts";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 320]) {
    test(`line 1: axe finds nothing, ${colorScheme}, ${width} px`, async ({ page, app }) => {
      test.setTimeout(240_000);
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

test("line 3: a change of page focuses its heading and sets the title", async ({ page, app }) => {
  await signIn(page, app);
  await hydrated(page);
  await page.getByRole("link", { name: "Thuy Nguyen" }).click();
  await expect(page).toHaveTitle(/^Thuy Nguyen/);
  await expect(page.locator("h1")).toBeFocused();
});

test("line 39: the token is never in the HTML, and every page says that this is training", async ({ page, app }) => {
  test.setTimeout(120_000);
  await signIn(page, app);
  for (const path of PAGES) {
    await page.goto(path);
    expect(await page.content()).not.toContain(app.twilio.authToken);
    await expect(page.getByText("Training: no real texts are sent")).toBeVisible();
  }
});
