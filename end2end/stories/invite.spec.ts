// The page that an invitation leads to: it joins once; wrong, used, taken back and old links say what to do.

import { type Page } from "@playwright/test";
import { DAY, test } from "../support/clock.ts";
import { axe, expect, hydrated, signIn } from "../support/page.ts";
import { elsewhere, invited, join } from "../support/people.ts";
import { fits, refused } from "../support/wrong.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

async function isOver(page: Page, link: string, words: RegExp): Promise<void> {
  await page.goto(link);
  await hydrated(page);
  await expect(page.getByRole("heading", { name: "This link does not work", level: 1 })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(words);
  await expect(page.locator("#password")).toHaveCount(0);
  await axe(page);
}

test("whoever was invited joins by keyboard, is signed in, and the link is used up", async ({ page, app, browser, complaints }) => {
  // 401: the page that was left open follows no more.
  complaints.allow(/401|410/);
  await signIn(page, app);
  const link = await invited(page, "ines@cedarvalley.example");
  const { page: ines, context } = await elsewhere(browser, app, complaints);
  await ines.goto(link);
  await hydrated(ines);
  await expect(ines.locator("h1")).toHaveText("Join Cedar Valley Legal Aid");
  await expect(ines.getByRole("main")).toContainText("You were invited as a member of staff.");
  await expect(ines.locator("#email")).toHaveValue("ines@cedarvalley.example");
  await expect(ines.locator("#email")).toHaveAttribute("readonly", "");
  await fits(ines);
  await ines.locator("#email").focus();
  await ines.keyboard.press("Tab");
  await expect(ines.locator("#name")).toBeFocused();
  await ines.keyboard.type("Inés Ortega");
  await ines.keyboard.press("Tab");
  await expect(ines.locator("#password")).toBeFocused();
  await ines.keyboard.type("a long enough password");
  await ines.keyboard.press("Enter");
  await expect(ines.getByRole("link", { name: "Aaliyah Johnson" })).toBeVisible();
  await context.clearCookies();
  await isOver(ines, link, /used already/);
  await context.close();
  await page.goto("/admin/staff");
  await expect(page.getByRole("row").filter({ hasText: "Inés Ortega" })).toContainText("Yes");
});

test("what cannot be a name or a password is refused beside its field, and the link stays good", async ({ page, app, browser, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  const link = await invited(page, "wrong@cedarvalley.example");
  const { page: guest, context } = await elsewhere(browser, app, complaints);
  await guest.goto(link);
  const good = { name: "A Name", password: "a long enough password" };
  for (const wrong of [
    { field: "name", typed: "", words: "Enter a name" },
    { field: "name", typed: "n".repeat(201), words: "Use 200 characters or fewer" },
    { field: "password", typed: "", words: "Enter a password" },
    { field: "password", typed: "eleven char", words: "Use 12 characters or more" },
    { field: "password", typed: "p".repeat(257), words: "Use 256 characters or fewer" },
  ]) {
    await guest.locator("#name").fill(good.name);
    await guest.locator("#password").fill(good.password);
    await refused(guest, wrong, "Join and sign in");
    await expect(guest.locator("#password"), "never sent back").toHaveValue("");
  }
  await fits(guest);
  const hostile = "</textarea><script>document.title='gone'</script> \u202eabc 😀";
  await join(guest, link, hostile);
  await context.close();
  await page.goto("/admin/staff");
  await expect(page.locator("bdi").filter({ hasText: "</textarea><script>" })).toHaveText(hostile);
  await expect(page).toHaveTitle(/^Staff/);
});

test("a wrong link and one that was taken back say what to do", async ({ page, app, browser, complaints }) => {
  complaints.allow(/404|410/);
  await signIn(page, app);
  const link = await invited(page, "back@cedarvalley.example");
  await page.goto("/admin/staff");
  await page.getByRole("button", { name: "Take back back@cedarvalley.example" }).click();
  await expect(page.getByRole("row").filter({ hasText: "back@cedarvalley.example" })).toHaveCount(0);
  const { page: guest, context } = await elsewhere(browser, app, complaints);
  await isOver(guest, link, /taken back/);
  await isOver(guest, `/invite/${"A".repeat(43)}`, /There is no invitation with this address/);
  await context.close();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("joining is a plain form", async ({ page, app, browser }) => {
    await signIn(page, app);
    const link = await invited(page, "plain@cedarvalley.example");
    const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
    const guest = await context.newPage();
    await join(guest, link, "Plain Person");
    await guest.goto("/");
    await expect(guest.getByRole("link", { name: "Aaliyah Johnson" })).toBeVisible();
    await context.close();
  });
});

// Last: a week passes for everybody.
test("a link that is older than a week says so, and so does its line in the table", async ({ page, app, browser, complaints, later }) => {
  // 401: whoever was signed in is not any more.
  complaints.allow(/401|410/);
  await signIn(page, app);
  const link = await invited(page, "late@cedarvalley.example");
  await later(8 * DAY);
  const { page: guest, context } = await elsewhere(browser, app, complaints);
  await isOver(guest, link, /works for 7 days/);
  await context.close();
  await signIn(page, app);
  await page.goto("/admin/staff");
  await expect(page.getByRole("row").filter({ hasText: "late@cedarvalley.example" })).toContainText("Expired");
});
