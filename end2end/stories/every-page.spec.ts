// screens.md, "Every page": what holds wherever one is. Lines 2, 29 and 35 stand in `page-by-page`.

import { looks } from "../support/looks.ts";
import { addressOf, PAGES } from "../support/pages.ts";
import { expect, hydrated, signIn, test, visit } from "../support/page.ts";
import { visitAsHost } from "../support/people.ts";

test.describe("line 1", () => {
  // Each page by itself, so that both workers take some.
  test.describe.configure({ mode: "parallel" });

  for (const path of PAGES) {
    test(`line 1: axe finds nothing on ${path}, light and dark, at 1280 and 320 px`, async ({ page, app }) => {
      test.setTimeout(60_000);
      await visit(page, app, path);
      await looks(page);
    });
  }

  test("line 1: axe finds nothing on the sign-in and on the host's page, light and dark, at 1280 and 320 px", async ({ page, app }) => {
    test.setTimeout(60_000);
    await page.goto("/login");
    await looks(page);
    await visitAsHost(page, app);
    await looks(page);
  });
});

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
    await page.goto(await addressOf(page, path));
    expect(await page.content()).not.toContain(app.twilio.authToken);
    await expect(page.getByText("Training: no real texts are sent")).toBeVisible();
  }
});
