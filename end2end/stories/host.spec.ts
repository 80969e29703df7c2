// The host's page: organizations are created, and their administrators invited; of offices there are numbers only.

import { expect, hydrated, test } from "../support/page.ts";
import { elsewhere, HAL, join, linkShown, visitAsHost } from "../support/people.ts";
import { fits, HOSTILE, refused, type Wrong } from "../support/wrong.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

const LATEST = "Harbor Tenants";

test("an organization is created, and whoever gets the link administers it and sees nothing of others", async ({ page, app, browser, complaints }) => {
  await visitAsHost(page, app);
  await page.locator("#name").fill(LATEST);
  await page.locator("#zone").selectOption("America/Chicago");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page.getByRole("heading", { name: `Invite an administrator of ${LATEST}` })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: LATEST });
  await expect(row).toContainText("harbor-tenants");
  await expect(row).toContainText("0 can sign in");
  await expect(row).toContainText("Not set up yet");
  await page.locator("#email").fill("ada@harbor.example");
  await page.getByRole("button", { name: "Make the invitation link" }).click();
  await expect(page.getByRole("heading", { name: "Invitation link for ada@harbor.example" })).toBeVisible();
  const link = await linkShown(page);
  await expect(row).toContainText("0 can sign in, 1 invited");
  await fits(page);
  await page.goto("/host");
  expect(await page.content(), "shown once").not.toContain(link);
  complaints.allow(/404/);
  const { page: ada, context } = await elsewhere(browser, app, complaints);
  await join(ada, link, "Ada Harbor");
  await ada.goto("/");
  await expect(ada.getByRole("heading", { name: "No clients yet" })).toBeVisible();
  await expect(ada.locator("header.top")).toContainText(LATEST);
  await ada.goto("/cases/25-1040417");
  await expect(ada.getByRole("heading", { name: "Not found", level: 1 })).toBeVisible();
  await context.close();
  await page.reload();
  await expect(row).toContainText("1 can sign in");
});

const WRONG: Wrong[] = [
  { field: "name", typed: "", words: "Enter a name" },
  { field: "name", typed: "n".repeat(201), words: "Use 200 characters or fewer" },
  { field: "address", typed: "../etc", words: /^Use 2 to 40 letters/ },
  { field: "address", typed: "a".repeat(41), words: /^Use 2 to 40 letters/ },
  ...HOSTILE.map((typed) => ({ field: "address", typed, words: /^Use 2 to 40 letters/ })),
  { field: "address", typed: "riverside", words: /^Another organization has this address name/ },
];

test("what cannot be an organization is refused beside its field, and what was typed stands there again", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await visitAsHost(page, app);
  for (const wrong of WRONG) {
    if (wrong.field !== "name") await page.locator("#name").fill("Good Name");
    await refused(page, wrong, "Create organization");
  }
  await expect(page.locator("#name")).toHaveValue("Good Name");
  await expect(page.getByRole("row").filter({ hasText: "Good Name" })).toHaveCount(0);
  await fits(page);
});

test("who cannot be invited is said beside the field", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await visitAsHost(page, app);
  await page.getByRole("row").filter({ hasText: "Riverside" }).getByRole("link", { name: /^Invite administrator/ }).click();
  await expect(page.getByRole("heading", { name: /^Invite an administrator of Riverside/ })).toBeVisible();
  for (const [typed, words] of [
    ["", "Enter the e-mail address"],
    ["nobody", /^Enter an e-mail address/],
    [`${"e".repeat(250)}@example.org`, "Use 254 characters or fewer"],
    ["dana@cedarvalley.example", /^Somebody has this e-mail address already/],
  ] as const) {
    await refused(page, { field: "email", typed, words }, "Make the invitation link");
    await expect(page.getByRole("heading", { name: /^Invite an administrator of Riverside/ })).toBeVisible();
  }
  await fits(page);
});

test("any name is shown as text, and fits a phone's screen", async ({ page, app }) => {
  page.on("dialog", () => expect(false, "a script ran").toBe(true));
  await visitAsHost(page, app);
  for (const [n, name] of [...HOSTILE, "W".repeat(190)].entries()) {
    await page.locator("#name").fill(name);
    await page.locator("#address").fill(`hostile-${n}`);
    await page.getByRole("button", { name: "Create organization" }).click();
    await expect(page.getByRole("row").filter({ hasText: `hostile-${n}` }).locator("bdi")).toHaveText(name);
    await page.goto("/host");
  }
  await expect(page).toHaveTitle(/^Organizations/);
  await fits(page);
});

test("by keyboard: from the row to the link, copied", async ({ page, app }) => {
  await visitAsHost(page, app);
  await page.getByRole("row").filter({ hasText: "Riverside" }).getByRole("link", { name: /^Invite administrator/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#email")).toBeFocused();
  await page.keyboard.type("kay@riverside.example");
  await page.keyboard.press("Enter");
  await expect(page.locator(".shown-once")).toBeFocused();
  await hydrated(page);
  await page.keyboard.press("Tab");
  await expect(page.locator("#link")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Copy Invitation link" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Copied")).toBeVisible();
});

test("the host opens no client and no case, and staff find no host", async ({ page, app, browser, complaints }) => {
  complaints.allow(/403|404/);
  await visitAsHost(page, app);
  for (const path of ["/cases/25-1040417", "/cases/25-1040417/texts", "/admin/staff"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "This is for an organization’s staff", level: 1 })).toBeVisible();
    await expect(page.getByText("Marisol")).toHaveCount(0);
  }
  const { page: dana, context } = await elsewhere(browser, app, complaints);
  await dana.goto("/login");
  await dana.locator("#email").fill(app.email);
  await dana.locator("#password").fill(app.password);
  await dana.locator("form:has(#password) button").click();
  await expect(dana).not.toHaveURL(/login/);
  await dana.goto("/host");
  await expect(dana.getByRole("heading", { name: "Not found", level: 1 })).toBeVisible();
  expect(await dana.content()).not.toContain(HAL);
  await context.close();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("creating and inviting are plain forms", async ({ page, app }) => {
    await page.goto("/login");
    await page.locator("input[name=email]").fill(HAL);
    await page.locator("input[name=password]").fill(app.password);
    await page.locator("form:has(input[name=password]) button").click();
    await expect(page).toHaveURL(/\/host$/);
    await page.locator("#name").fill("Plain Forms");
    await page.getByRole("button", { name: "Create organization" }).click();
    await page.locator("#email").fill("pia@plain.example");
    await page.getByRole("button", { name: "Make the invitation link" }).click();
    await expect(page.locator("#link")).toHaveValue(/\/invite\/[\w-]{43}$/);
  });
});
