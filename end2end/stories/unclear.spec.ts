// Texts of which nobody knows whether they went out: after 15 minutes staff decide.

import { type Page } from "@playwright/test";
import type { App } from "../support/app.ts";
import { setFate } from "../support/carrier.ts";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { type Later, MINUTE, test } from "../support/clock.ts";
import { accepted, compose, sendButton } from "../support/composer.ts";
import { axe, expect, hydrated, signIn } from "../support/page.ts";
import { LUIS, person } from "../support/people.ts";
import { fits } from "../support/wrong.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

const place = (page: Page) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Unclear/ });
const card = (page: Page, name: string) => page.getByRole("article", { name: new RegExp(name) });

/** A text that Twilio did not take and about which staff are asked: the case number. */
async function unclear(page: Page, app: App, later: Later, name: string, last4: string, body: string): Promise<string> {
  const caseNumber = newCaseNumber();
  await addClient(page, { name, cell: `(661) 555-${last4}`, caseNumber });
  await setFate(app, `+1661555${last4}`, "500");
  const text = await compose(page, app, caseNumber);
  await text.fill(body);
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toBeVisible({ timeout: 15_000 });
  await page.goto(`/cases/${caseNumber}/texts`);
  await expect(page.getByRole("row").filter({ hasText: body })).toContainText("Checking with Twilio", { timeout: 15_000 });
  await later(16 * MINUTE);
  return caseNumber;
}

test("an open page's top line says that something is unclear; sent again it is the same text, once", async ({ page, app, context, later, complaints }) => {
  test.setTimeout(90_000);
  complaints.allow(/409|422/);
  const body = "Perhaps. </textarea><script>document.title='gone'</script> \u202eabc";
  await signIn(page, app);
  await page.goto("/unclear");
  await hydrated(page);
  await expect(page.getByRole("heading", { name: "Nothing is unclear" })).toBeVisible();
  await page.goto("/");
  await hydrated(page);
  await expect(place(page)).toHaveCount(0);
  const writer = await context.newPage();
  const caseNumber = await unclear(writer, app, later, "Una Clear", "0171", body);
  await expect(place(page)).toHaveAccessibleName("Unclear (1 to decide)", { timeout: 15_000 });
  await axe(page);
  await place(page).click();
  await expect(page.locator("h1")).toHaveText("We don’t know whether this went out");
  await hydrated(page);
  await expect(card(page, "Una Clear")).toContainText("</textarea><script>");
  await expect(card(page, "Una Clear")).toContainText("Not in it, looked at");
  await fits(page);
  // Not without the tick; what is the matter is said at the tick.
  await card(page, "Una Clear").getByRole("button", { name: "Send again (text to Una Clear)" }).click();
  const problem = page.getByRole("alert").getByRole("link", { name: /^Tick the box if the text is to be sent/ });
  await expect(problem).toBeVisible();
  await fits(page);
  await problem.click();
  const tick = card(page, "Una Clear").getByRole("checkbox", { name: "Send it although the client may get it twice" });
  await expect(tick).toBeFocused();
  expect(await accepted(app, body)).toBe(0);
  await setFate(app, "+16615550171", "delivered");
  await page.keyboard.press("Space");
  await expect(tick).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "It went out (text to Una Clear)" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Nothing is unclear" })).toBeVisible();
  await page.goto(`/cases/${caseNumber}/texts`);
  await expect(page.getByRole("row").filter({ hasText: "Perhaps." })).toContainText("Delivered", { timeout: 15_000 });
  await expect(page.getByRole("row").filter({ hasText: "Perhaps." })).toHaveCount(1);
  expect(await accepted(app, body)).toBe(1);
  await expect(place(page)).toHaveCount(0);
});

test("what staff say went out reads so; whoever has it open as well is told that it is decided", async ({ page, app, browser, later, complaints }) => {
  test.setTimeout(90_000);
  complaints.allow(/409/);
  await signIn(page, app);
  const caseNumber = await unclear(page, app, later, "Will Went", "0172", "Surely.");
  const { page: luis, context } = await person(browser, app, complaints, LUIS);
  await luis.goto("/unclear");
  await hydrated(luis);
  await expect(card(luis, "Will Went")).toBeVisible({ timeout: 15_000 });
  await page.goto("/unclear");
  await hydrated(page);
  const form = {
    text: (await card(page, "Will Went").locator("input[name=text]").getAttribute("value")) ?? "",
    posted: (await card(page, "Will Went").locator("input[name=posted]").getAttribute("value")) ?? "",
    choice: "again",
    sure: "on",
  };
  await card(page, "Will Went").getByRole("button", { name: /^It went out/ }).click();
  await expect(page.getByRole("heading", { name: "Nothing is unclear" })).toBeVisible();
  // His page follows; a press that was faster than that decides nothing.
  await expect(card(luis, "Will Went")).toHaveCount(0);
  const late = await luis.request.post("/unclear", { form, headers: { origin: app.url } });
  expect(late.status()).toBe(409);
  expect(await late.text()).toContain("Somebody has decided this already");
  expect(await accepted(app, "Surely.")).toBe(0);
  await context.close();
  await page.goto(`/cases/${caseNumber}/texts`);
  const row = page.getByRole("row").filter({ hasText: "Surely." });
  await expect(row).toContainText("Went out");
  await expect(row).toContainText("Staff decided that it went out.");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("deciding is a plain form", async ({ page, app, browser, later }) => {
    test.setTimeout(90_000);
    const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: true });
    const writer = await context.newPage();
    await signIn(writer, app);
    await unclear(writer, app, later, "Paul Plain", "0173", "By form.");
    await context.close();
    await signIn(page, app);
    await expect(async () => {
      await page.goto("/unclear");
      await expect(card(page, "Paul Plain")).toBeVisible({ timeout: 500 });
    }).toPass();
    await card(page, "Paul Plain").getByRole("button", { name: /^It went out/ }).click();
    await expect(page.getByRole("heading", { name: "Nothing is unclear" })).toBeVisible();
  });
});
