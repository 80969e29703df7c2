// Clients answer: their texts on the page, STOP and START, cards, and what nobody's number brings.

import type { Page } from "@playwright/test";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { textBox } from "../support/composer.ts";
import { axe, expect, hydrated, signIn, test } from "../support/page.ts";
import { phoneTexts } from "../support/sim.ts";

/** A client of a story's own: the path of their page and the number of their case. */
async function client(page: Page, name: string, cell: string): Promise<{ path: string; number: string }> {
  const number = newCaseNumber();
  const path = await addClient(page, { name, cell, caseNumber: number });
  return { path, number };
}

const facts = (page: Page) => page.getByRole("region", { name: "May we text this number?" });

test("a client texts STOP, and the box unticks on the open page; START ticks it again", async ({ page, app }) => {
  await signIn(page, app);
  const { path } = await client(page, "Stella Stopp", "(661) 555-0151");
  await page.goto(path);
  await hydrated(page);
  const untick = page.getByRole("button", { name: "Untick Okay to Text" });
  await page.locator("#case_number").focus();
  await phoneTexts(app, "+16615550151", "STOP");
  await expect(facts(page).getByText("Not okay to text")).toBeVisible();
  await expect(facts(page).getByText("Blocked", { exact: true })).toBeVisible();
  await expect(facts(page)).toContainText("text START to (661) 555-0100");
  await expect(untick).toBeHidden();
  await expect(page.locator("#case_number")).toBeFocused();
  await axe(page);
  await phoneTexts(app, "+16615550151", "start");
  await expect(facts(page).getByText("Okay to Text", { exact: true })).toBeVisible();
  await expect(untick).toBeVisible();
});

test("an incoming text appears once on the open Texts pages of everybody with the number", async ({ page, app }) => {
  await signIn(page, app);
  const one = await client(page, "Ana Shared", "(661) 555-0152");
  const two = await client(page, "Bea Shared", "(661) 555-0152");
  await page.goto(`/cases/${one.number}/texts`);
  await hydrated(page);
  const words = "¿Puedo llevar a mi hermana? </textarea><script>document.title='gone'</script>";
  await phoneTexts(app, "+16615550152", words);
  const row = page.getByRole("row").filter({ hasText: "hermana" });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Received");
  await expect(row).toContainText("several clients: Ana Shared and Bea Shared");
  await expect(row).toContainText("</textarea><script>");
  await axe(page);
  await page.goto(`/cases/${two.number}/texts`);
  await expect(page.getByRole("row").filter({ hasText: "hermana" })).toContainText("Received");
});

test("permission ends while somebody writes: the reason stands there, and the words are kept", async ({ page, app }) => {
  await signIn(page, app);
  const { number } = await client(page, "Wanda Writing", "(661) 555-0153");
  await page.goto(`/cases/${number}/text`);
  await hydrated(page);
  await textBox(page).fill("Half a sentence");
  await phoneTexts(app, "+16615550153", "Stop");
  await expect(page.getByRole("alert")).toContainText("This phone texted STOP");
  await expect(page.getByRole("main")).toContainText("Half a sentence");
  await phoneTexts(app, "+16615550153", "START");
  await expect(textBox(page)).toHaveValue("Half a sentence");
});

test("other words make a card; somebody decides it; deciding it twice changes nothing", async ({ page, app }) => {
  await signIn(page, app);
  const { path } = await client(page, "Rita Review", "(661) 555-0154");
  await phoneTexts(app, "+16615550154", "please stop texting me");
  await page.goto(path);
  await expect(page.getByText("Sending is paused")).toBeVisible();
  await page.goto("/reviews");
  await hydrated(page);
  const card = page.getByRole("article", { name: /Rita Review/ });
  await expect(card).toContainText("please stop texting me");
  await expect(card).toContainText("business days left");
  const review = (await card.locator("input[name=review]").getAttribute("value")) ?? "";
  await card.getByLabel(/^Note/).fill("She called and said so too.");
  await card.getByRole("button", { name: /^They want no more texts/ }).click();
  await expect(page.getByRole("list").filter({ hasText: "She called" })).toBeVisible();
  const again = await page.request.post("/reviews", { form: { review, decision: "other" }, headers: { origin: app.url } });
  expect(again.status()).toBe(409);
  expect(await again.text()).toContain("Somebody has decided this already");
  await page.goto(path);
  await expect(facts(page)).toContainText("Not okay to text");
  await expect(facts(page)).toContainText("She called and said so too.");
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("permission is given and withdrawn with how one knows, and an empty form says what is missing", async ({ page, app, complaints }) => {
    complaints.allow(/422/);
    await signIn(page, app);
    const { path } = await client(page, "Paula Plain", "(661) 555-0155");
    await page.getByRole("button", { name: "Untick Okay to Text" }).click();
    await expect(page.getByRole("alert").getByRole("link", { name: "Choose how you learned of it" })).toHaveAttribute("href", "#source");
    await page.locator("#source").selectOption("by_phone");
    await page.locator("#note").fill("Her words: no more.");
    await page.getByRole("button", { name: "Untick Okay to Text" }).click();
    await expect(page).toHaveURL(new RegExp(`${path}\\?recorded=1$`));
    await expect(facts(page)).toContainText("Not okay to text");
    await expect(facts(page)).toContainText("Her words: no more.");
    await page.locator("#source").selectOption("in_person");
    await page.getByRole("button", { name: "Tick Okay to Text", exact: true }).click();
    await expect(page.getByRole("button", { name: "Untick Okay to Text" })).toBeVisible();
  });

  test("a text from nobody's number stands under Setup, and limits are refused with words", async ({ page, app, complaints }) => {
    complaints.allow(/422/);
    await signIn(page, app);
    await phoneTexts(app, "+16615550156", "Is this the legal aid?");
    await page.goto("/admin/setup");
    await page.getByRole("link", { name: "Incoming texts" }).click();
    await expect(page.getByRole("row").filter({ hasText: "Is this the legal aid?" })).toContainText("No client has this number");
    await page.locator("#answer_limit").fill("0");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("Enter a number from 1 to 100");
    await page.locator("#answer_limit").fill("10");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("status")).toContainText("Saved.");
  });
});
