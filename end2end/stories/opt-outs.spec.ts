// Many opt-outs by Twilio's codes at once: nothing is taken, the administrator is asked on every page, and decides for all.

import { type Page } from "@playwright/test";
import type { App } from "../support/app.ts";
import { setFate } from "../support/carrier.ts";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { test } from "../support/clock.ts";
import { compose, sendButton } from "../support/composer.ts";
import { axe, expect, hydrated, signIn } from "../support/page.ts";
import { LUIS, person } from "../support/people.ts";
import { fits, HOSTILE } from "../support/wrong.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

const PAGE = "/admin/opt-outs";
const banner = (page: Page) => page.getByRole("complementary", { name: "Permission is paused for some numbers." });

async function askBeyond(page: Page, limit: number): Promise<void> {
  await page.goto("/admin/incoming");
  await page.locator("#opt_out_limit").fill(String(limit));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
}

/** A client whose phone Twilio says has texted STOP, and a text to it: the case number. */
async function optedOut(page: Page, app: App, name: string, last4: string): Promise<string> {
  const caseNumber = newCaseNumber();
  await addClient(page, { name, cell: `(661) 555-${last4}`, caseNumber });
  await setFate(app, `+1661555${last4}`, "refused:21610");
  const text = await compose(page, app, caseNumber);
  await text.fill("Hello.");
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Not sent");
  return caseNumber;
}

test("beyond the limit the administrator is asked, on the open page too; a mistake gives all of it back", async ({ page, app, context, browser, complaints }) => {
  test.setTimeout(150_000);
  complaints.allow(/403|409|422/);
  await signIn(page, app);
  await page.goto(PAGE);
  await expect(page.getByRole("heading", { name: "Nothing to decide" })).toBeVisible();
  await askBeyond(page, 1);
  await page.goto("/");
  await hydrated(page);
  const writer = await context.newPage();
  const cases = [];
  for (const [n, name] of ["Opted One", "Opted Two </textarea><script>", "Opted Three"].entries()) {
    cases.push(await optedOut(writer, app, name, `019${n}`));
  }
  // Nobody reloaded it.
  await expect(banner(page)).toContainText("2 wait for your decision");
  await expect(banner(page).getByRole("link", { name: "Decide about opt-outs" })).toBeVisible();
  await axe(page);
  const { page: luis, context: another } = await person(browser, app, complaints, LUIS);
  await expect(banner(luis)).toHaveCount(0);
  await luis.goto(PAGE);
  await expect(luis.getByRole("heading", { name: "This is for administrators", level: 1 })).toBeVisible();
  await luis.goto(`/cases/${cases[2]}/text`);
  await expect(luis.getByRole("heading", { name: "Twilio says that this phone texted STOP" })).toBeVisible();
  await another.close();
  await banner(page).getByRole("link", { name: "Decide about opt-outs" }).click();
  await expect(page.locator("h1")).toHaveText("Opt-outs to decide");
  await hydrated(page);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.filter({ hasText: "Waits for you" })).toHaveCount(2);
  await expect(rows.filter({ hasText: "Taken already" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "Opted Two" })).toContainText("</textarea><script>");
  await fits(page);
  for (const note of ["n".repeat(501), `${HOSTILE.join(" ")}${"x".repeat(500)}`]) {
    await page.locator("#note").fill(note);
    await page.getByRole("button", { name: "A mistake: give permission back" }).click();
    await expect(page.getByRole("alert").getByRole("link", { name: "Use 500 characters or fewer" })).toBeVisible();
    await expect(page.locator("#note")).toHaveValue(note);
  }
  await fits(page);
  await page.locator("#note").fill(HOSTILE.join(" "));
  await page.locator("#note").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "They are real: take permission" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Nothing to decide" })).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  for (const caseNumber of cases) {
    await page.goto(`/cases/${caseNumber}`);
    await expect(page.getByRole("main").getByRole("link", { name: "Send Text" }).first()).toBeVisible();
  }
  // Where permission had been taken just before, the record says why it is back.
  await page.goto(`/cases/${cases[0]}`);
  await expect(page.getByRole("region", { name: "May we text this number?" })).toContainText(HOSTILE[0] ?? "");
  const late = await page.request.post(PAGE, { form: { verdict: "apply", note: "" }, headers: { origin: app.url } });
  expect(late.status()).toBe(409);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("those that are real end permission, by a plain form", async ({ page, app, browser }) => {
    test.setTimeout(150_000);
    await signIn(page, app);
    await askBeyond(page, 1);
    // Sending is the composer's own story; here it is done with scripts.
    const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: true });
    const writer = await context.newPage();
    await signIn(writer, app);
    const cases = [];
    for (const n of [4, 5]) cases.push(await optedOut(writer, app, `Real ${n}`, `019${n}`));
    await context.close();
    await page.goto(PAGE);
    await page.getByRole("button", { name: "They are real: take permission" }).click();
    await expect(page.getByRole("heading", { name: "Nothing to decide" })).toBeVisible();
    await page.goto(`/cases/${cases[1]}`);
    await expect(page.getByRole("heading", { name: "This phone texted STOP" })).toBeVisible();
  });
});
