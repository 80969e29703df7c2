// Staff: inviting, roles, passwords, access.

import { type Page } from "@playwright/test";
import { axe, expect, hydrated, signIn, test } from "../support/page.ts";
import { elsewhere, invited, join, linkShown, LUIS, person } from "../support/people.ts";
import { fits, HOSTILE, refused } from "../support/wrong.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

const row = (page: Page, words: string) => page.getByRole("row").filter({ hasText: words });

async function change(page: Page, name: string): Promise<void> {
  await page.goto("/admin/staff");
  await hydrated(page);
  await page.getByRole("link", { name: `Edit ${name}`, exact: true }).click();
  await expect(page.getByRole("heading", { name: `Change ${name}` })).toBeVisible();
  await expect(page.locator("#role")).toBeFocused();
}

test("somebody joins, becomes an administrator, loses access and gets it back", async ({ page, app, browser, complaints }) => {
  complaints.allow(/401|403/);
  await signIn(page, app);
  const link = await invited(page, "ruth@cedarvalley.example");
  await expect(page.getByRole("heading", { name: "Invitation link for ruth@cedarvalley.example" })).toBeVisible();
  await expect(row(page, "ruth@cedarvalley.example")).toContainText("Staff");
  await fits(page);
  const { page: ruth, context } = await elsewhere(browser, app, complaints);
  await join(ruth, link, "Ruth Okafor");
  await ruth.goto("/admin/staff");
  await expect(ruth.getByRole("heading", { name: "This is for administrators", level: 1 })).toBeVisible();
  await change(page, "Ruth Okafor");
  await axe(page);
  await page.locator("#role").selectOption({ label: "Administrator" });
  await page.getByRole("button", { name: "Save role" }).click();
  await expect(row(page, "Ruth Okafor")).toContainText("Administrator");
  await ruth.goto("/admin/staff");
  await expect(row(ruth, "Ruth Okafor")).toContainText("(you)");
  await change(page, "Ruth Okafor");
  await page.getByRole("button", { name: "Disable Ruth Okafor" }).click();
  await expect(row(page, "Ruth Okafor")).toContainText("Disabled");
  await ruth.goto("/");
  await expect(ruth).toHaveURL(/\/login/);
  await change(page, "Ruth Okafor");
  await axe(page);
  await page.getByRole("button", { name: "Enable Ruth Okafor" }).click();
  await expect(row(page, "Ruth Okafor")).toContainText("Yes");
  await ruth.locator("#email").fill("ruth@cedarvalley.example");
  await ruth.locator("#password").fill("a long enough password");
  await ruth.locator("form:has(#password) button").click();
  await expect(ruth).not.toHaveURL(/\/login/);
  await context.close();
});

test("a link to a new password is shown once, and signs out everywhere else when it is used", async ({ page, app, browser, complaints }) => {
  await signIn(page, app);
  const { page: sam, context } = await elsewhere(browser, app, complaints);
  await join(sam, await invited(page, "sam@cedarvalley.example"), "Sam Reset");
  await change(page, "Sam Reset");
  await page.getByRole("button", { name: "Make a password link for Sam Reset" }).click();
  await expect(page.getByRole("heading", { name: "Link to set a new password for sam@cedarvalley.example" })).toBeVisible();
  const link = await linkShown(page);
  await sam.goto("/");
  await expect(sam.getByRole("link", { name: "Aaliyah Johnson" })).toBeVisible();
  const { page: home, context: another } = await elsewhere(browser, app, complaints);
  await home.goto(link);
  await hydrated(home);
  await expect(home.locator("h1")).toHaveText("Set a new password");
  await axe(home);
  await home.locator("#password").fill("another long password");
  await home.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(home.getByRole("link", { name: "Aaliyah Johnson" })).toBeVisible();
  await sam.goto("/");
  await expect(sam).toHaveURL(/\/login/);
  await context.close();
  await another.close();
});

test("who cannot be invited is said beside the field", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  await page.goto("/admin/staff");
  for (const [typed, words] of [
    ["", "Enter the e-mail address"],
    ["nobody", /^Enter an e-mail address/],
    ...HOSTILE.map((typed) => [typed, /^Enter an e-mail address/] as const),
    [`${"e".repeat(250)}@example.org`, "Use 254 characters or fewer"],
    [LUIS, /^Somebody has this e-mail address already/],
  ] as const) {
    await refused(page, { field: "email", typed, words }, "Make the invitation link");
  }
  await fits(page);
});

test("one's own account is disabled only with the box ticked, and never the last administrator's", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  await change(page, "Dana Whitfield");
  await page.getByRole("button", { name: "Disable Dana Whitfield" }).click();
  const problem = page.getByRole("alert").getByRole("link");
  await expect(problem).toHaveText(/This is your own account|This is the last administrator/);
  await problem.click();
  await expect(page.locator("#confirm")).toBeFocused();
  await fits(page);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Aaliyah Johnson" })).toBeVisible();
});

test("staff who are no administrators are told so", async ({ page, app, browser, complaints }) => {
  complaints.allow(/403/);
  const { page: luis, context } = await person(browser, app, complaints, LUIS);
  await luis.goto("/admin/staff");
  await expect(luis.getByRole("heading", { name: "This is for administrators", level: 1 })).toBeVisible();
  expect(await luis.content()).not.toContain(app.email);
  await context.close();
  await signIn(page, app);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("inviting, a role and access are plain forms", async ({ page, app, browser }) => {
    await signIn(page, app);
    const link = await invited(page, "nel@cedarvalley.example");
    const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
    const nel = await context.newPage();
    await join(nel, link, "Nel Plain");
    await context.close();
    await page.goto("/admin/staff");
    await page.getByRole("link", { name: "Edit Nel Plain" }).click();
    await page.locator("#role").selectOption({ label: "Administrator" });
    await page.getByRole("button", { name: "Save role" }).click();
    await expect(row(page, "Nel Plain")).toContainText("Administrator");
    await page.getByRole("link", { name: "Edit Nel Plain" }).click();
    await page.getByRole("button", { name: "Disable Nel Plain" }).click();
    await expect(row(page, "Nel Plain")).toContainText("Disabled");
  });
});
