// screens.md, lines 25 and 27: what changes while somebody looks or writes, and what is said of it.

import { type Page } from "@playwright/test";
import type { App } from "../support/app.ts";
import { report, setFate } from "../support/carrier.ts";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { accepted, compose, sendButton, textBox } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";
import { listen } from "../support/voice.ts";

const LUIS = "luis@cedarvalley.example";

/** A client of this story's own whose texts have this fate: the case number. */
async function caseWith(page: Page, app: App, last4: string, fate: string): Promise<string> {
  await setFate(app, `+1661555${last4}`, fate);
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  await addClient(page, { name: `Watched ${last4}`, cell: `(661) 555-${last4}`, caseNumber });
  return caseNumber;
}

async function send(page: Page, app: App, caseNumber: string, body: string): Promise<void> {
  const text = await compose(page, app, caseNumber);
  await text.fill(body);
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
}

function rowOf(page: Page, body: string) {
  return page.getByRole("row").filter({ hasText: body });
}

async function openTexts(page: Page, caseNumber: string): Promise<void> {
  await page.goto(`/cases/${caseNumber}/texts`);
  await hydrated(page);
}

test("line 25: a live event while somebody writes leaves focus, caret, selection and scroll, and is said once without the body", async ({ page, app }) => {
  const secret = "Your hearing was moved.";
  const caseNumber = await caseWith(page, app, "0181", "silent");
  await send(page, app, caseNumber, secret);
  await openTexts(page, caseNumber);
  await expect(rowOf(page, secret)).toContainText("Sent");
  await page.setViewportSize({ width: 1280, height: 420 });
  const text = await compose(page, app, caseNumber);
  const lines = Array.from({ length: 40 }, (_, n) => `line ${n}`).join("\n");
  await text.fill(lines);
  await text.focus();
  const there = await text.evaluate((area: HTMLTextAreaElement) => {
    area.setSelectionRange(100, 120);
    area.scrollTop = 30;
    window.scrollTo(0, 160);
    const { selectionStart, selectionEnd, scrollTop } = area;
    return { selectionStart, selectionEnd, scrollTop, page: window.scrollY };
  });
  expect(there.page, "the page is long enough to be scrolled").toBeGreaterThan(0);
  const said = await listen(page);
  await report(app, secret, "delivered");
  await expect(page.getByRole("complementary", { name: "Before you send" })).toContainText("Delivered");
  await expect.poll(said).toHaveLength(1);
  expect((await said())[0]).toMatch(/^Your text of .*: Delivered$/);
  expect((await said()).join()).not.toContain(secret);
  await expect(text).toBeFocused();
  await expect(text).toHaveValue(lines);
  const now = await text.evaluate((area: HTMLTextAreaElement) => {
    const { selectionStart, selectionEnd, scrollTop } = area;
    return { selectionStart, selectionEnd, scrollTop, page: window.scrollY };
  });
  expect(now).toEqual(there);
});

test("line 25: a text that somebody else sends while one writes is shown, counted on the tab, and not said", async ({ page, app, browser }) => {
  const body = "From a colleague.";
  const caseNumber = await caseWith(page, app, "0182", "delivered");
  const text = await compose(page, app, caseNumber);
  await text.pressSequentially("typing on");
  const tab = page.getByRole("navigation", { name: "Case" }).getByRole("link", { name: /^Texts/ });
  await expect(tab).toHaveText(/0$/);
  const said = await listen(page);
  const context = await browser.newContext({ baseURL: app.url });
  const luis = await context.newPage();
  await send(luis, { ...app, email: LUIS }, caseNumber, body);
  await context.close();
  const beside = page.getByRole("complementary", { name: "Before you send" });
  await expect(beside.getByRole("listitem").filter({ hasText: body })).toContainText("Delivered");
  await expect(tab).toHaveText(/1$/);
  expect(await said(), "what others sent is no news for the ear").toEqual([]);
  await expect(text).toBeFocused();
  await expect(text).toHaveValue("typing on");
});

test("the number of texts on the tab follows a text just sent", async ({ page, app }) => {
  const caseNumber = await caseWith(page, app, "0183", "delivered");
  const tab = page.getByRole("navigation", { name: "Case" }).getByRole("link", { name: /^Texts/ });
  for (const count of [1, 2]) {
    await textSent(page, app, caseNumber, `Number ${count}.`);
    await expect(tab).toHaveText(new RegExp(`${count}$`));
  }
  await page.reload();
  await expect(tab).toHaveText(/2$/);
});

/** Sends from the composer that is open, or opens it. */
async function textSent(page: Page, app: App, caseNumber: string, body: string): Promise<void> {
  if (!page.url().endsWith(`/cases/${caseNumber}/text`)) await compose(page, app, caseNumber);
  await textBox(page).fill(body);
  await sendButton(page).click();
  await page.getByRole("dialog").getByText("Ok", { exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** Writes down every status that the row of a text ever shows, from before it is there. */
async function watchStatus(page: Page, body: string): Promise<() => Promise<string[]>> {
  await page.evaluate((body) => {
    const seen: string[] = [];
    const look = () => {
      const row = [...document.querySelectorAll("tbody tr")].find((each) => each.textContent?.includes(body));
      const word = row?.querySelector(".x-stat .status")?.textContent?.trim();
      if (word && seen.at(-1) !== word) seen.push(word);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { seen });
  }, body);
  return () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
}

const BEFORE_TWILIO = ["Waiting", "Sending", "Checking with Twilio"];
const LADDER = ["Waiting", "Sending", "Accepted", "Queued", "Sent", "Delivered"];

test("line 27: nothing says Sent before Twilio accepted the text", async ({ page, app, context }) => {
  test.setTimeout(60_000);
  const body = "Slowly accepted.";
  const caseNumber = await caseWith(page, app, "0184", "delivered");
  // A row must be there, or there is no table to watch.
  await send(page, app, caseNumber, "The first one.");
  await openTexts(page, caseNumber);
  await expect(rowOf(page, "The first one.")).toContainText("Delivered");
  // Twilio looks at nothing until it is told something else: however slow the machine is, this is before it accepts.
  await setFate(app, "+16615550184", "held");
  const seen = await watchStatus(page, body);
  const writer = await context.newPage();
  const text = await compose(writer, app, caseNumber);
  await text.fill(body);
  const said = await listen(writer);
  const busy = writer.waitForSelector("form[action$='/text'] button[aria-disabled=true]", { state: "attached" });
  await sendButton(writer).click();
  await busy;
  await expect(rowOf(page, body)).toBeVisible();
  const box = writer.getByRole("dialog");
  // It waits 5 seconds for Twilio's answer.
  await expect(box).toContainText("Your text is saved", { timeout: 20_000 });
  expect(await accepted(app, body)).toBe(0);
  expect((await seen()).length, "the row showed something").toBeGreaterThan(0);
  for (const word of await seen()) expect(BEFORE_TWILIO).toContain(word);
  expect(await writer.locator("body").innerText()).not.toMatch(/Message Sent!|\bSent\b/);
  expect((await said()).join()).not.toMatch(/\bSent\b/);
  await setFate(app, "+16615550184", "delivered");
  await expect(box).toContainText("Message Sent!");
  expect(await accepted(app, body)).toBe(1);
  await expect(rowOf(page, body)).toContainText("Delivered");
});

test("line 27: reports in disorder move a status up and never back, on the open page", async ({ page, app, context }) => {
  const body = "Reported in disorder.";
  const caseNumber = await caseWith(page, app, "0185", "delivered");
  await send(page, app, caseNumber, "The first one.");
  await setFate(app, "+16615550185", "silent");
  await openTexts(page, caseNumber);
  const seen = await watchStatus(page, body);
  const writer = await context.newPage();
  await send(writer, app, caseNumber, body);
  await expect(rowOf(page, body)).toContainText("Sent");
  for (const status of ["delivered", "sending", "sent", "queued"]) await report(app, body, status);
  await expect(rowOf(page, body)).toContainText("Delivered");
  // A later text whose report comes after these: then these have been heard.
  await send(writer, app, caseNumber, "The last one.");
  await report(app, "The last one.", "delivered");
  await expect(rowOf(page, "The last one.")).toContainText("Delivered");
  const words = await seen();
  expect(words.at(-1)).toBe("Delivered");
  const rungs = words.map((word) => LADDER.indexOf(word));
  expect(rungs, words.join()).toEqual([...rungs].sort((a, b) => a - b));
});

test("lines 25, 27: on Texts a live event leaves focus, scroll and an opened time, and only one's own last text is announced", async ({ page, app, browser }) => {
  const caseNumber = await caseWith(page, app, "0186", "silent");
  const texts = ["My first text.", "My last text."];
  for (const body of texts) await send(page, app, caseNumber, body);
  const context = await browser.newContext({ baseURL: app.url });
  const colleague = await context.newPage();
  await signIn(colleague, { ...app, email: LUIS });
  const pages = [page, colleague];
  for (const each of pages) {
    await openTexts(each, caseNumber);
    for (const body of texts) await expect(rowOf(each, body)).toContainText("Sent");
  }
  const [mine, theirs] = [await listen(page), await listen(colleague)];
  // A window in which the page can be scrolled, the focus on the button of the row that changes, and its time open.
  await page.setViewportSize({ width: 1280, height: 320 });
  const button = rowOf(page, "My first text.").getByRole("button", { name: /^Message Status/ });
  const when = rowOf(page, "My first text.").locator("details.when");
  await when.locator("summary").click();
  await button.focus();
  const scroll = () => page.evaluate(() => window.scrollY);
  await page.evaluate(() => window.scrollTo(0, 90));
  const there = await scroll();
  expect(there, "the page is long enough to be scrolled").toBeGreaterThan(0);
  for (const body of texts) await report(app, body, "delivered");
  for (const each of pages) {
    for (const body of texts) await expect(rowOf(each, body)).toContainText("Delivered");
  }
  await expect(button).toBeFocused();
  await expect(when).toHaveAttribute("open", "");
  expect(await scroll()).toBe(there);
  await expect.poll(mine).toHaveLength(1);
  expect((await mine())[0]).toMatch(/^Your text of .*: Delivered$/);
  expect(await theirs(), "it is not theirs").toEqual([]);
  await context.close();
});
