// screens.md, lines 13 to 15: what keys do in the text, and how phrases get into it.

import { type CDPSession, type Locator, type Page } from "@playwright/test";
import { accepted, compose, sendButton, textBox } from "../support/composer.ts";
import { expect, test } from "../support/page.ts";

const OKAY_SENT = "Message Sent!";

test("line 13: Enter makes a line and sends nothing", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041519");
  await text.pressSequentially("one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("two");
  await expect(text).toHaveValue("one\ntwo");
  expect(await accepted(app, "one\ntwo")).toBe(0);
});

for (const command of ["Control", "Meta"]) {
  test(`line 13: ${command}+Enter sends once, also when the key repeats`, async ({ page, app }) => {
    const body = `Sent by ${command}.`;
    const text = await compose(page, app, "25-1041519");
    await text.pressSequentially(body);
    await page.keyboard.down(command);
    await page.keyboard.down("Enter");
    // The same key again without being let go: the browser says that it repeats.
    await page.keyboard.down("Enter");
    await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await page.keyboard.up(command);
    await expect(page.getByRole("dialog")).toContainText(OKAY_SENT);
    expect(await accepted(app, body)).toBe(1);
  });
}

test("line 13: a held key that repeats does not send what is written meanwhile", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041519");
  await text.fill("Held down.");
  await text.evaluate((area) => {
    const init = { key: "Enter", ctrlKey: true, repeat: true, bubbles: true, cancelable: true };
    area.dispatchEvent(new KeyboardEvent("keydown", init));
  });
  await expect(sendButton(page)).not.toHaveAttribute("aria-disabled");
  expect(await accepted(app, "Held down.")).toBe(0);
});

/** Writes with an input method, as for Japanese: nothing is final until it is committed. */
async function composing(page: Page, text: string): Promise<CDPSession> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  return browser;
}

test("line 13: while an input method composes no key sends, picks or leaves", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041519");
  await text.pressSequentially("Hi ");
  const browser = await composing(page, "にほん");
  await expect(text).toHaveValue("Hi にほん");
  // The keys that choose among the input method's offers arrive at the page with this code.
  const IME = 229;
  for (const { key, modifiers } of [{ key: "Enter", modifiers: 2 }, { key: "Enter", modifiers: 4 }, { key: "/", modifiers: 0 }]) {
    await browser.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, modifiers, windowsVirtualKeyCode: IME });
    await browser.send("Input.dispatchKeyEvent", { type: "keyUp", key, modifiers, windowsVirtualKeyCode: IME });
  }
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(text).toHaveValue("Hi にほん");
  await browser.send("Input.insertText", { text: "日本" });
  await expect(text).toHaveValue("Hi 日本");
  await expect(page.getByText("65 left")).toBeVisible();
  expect(await accepted(app, "Hi にほん")).toBe(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("dialog")).toContainText(OKAY_SENT);
  expect(await accepted(app, "Hi 日本")).toBe(1);
});

test("line 14: a slash opens the phrases at the start, after a space and on a new line", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  const list = page.getByRole("listbox", { name: "Quick entries" });
  for (const before of ["", "Hi ", "Hi\n"]) {
    await text.fill(before);
    await text.press("End");
    await text.press("/");
    await expect(list, JSON.stringify(before)).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Quick Entry" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(list).toHaveCount(0);
    await expect(text).toBeFocused();
    await expect(text).toHaveValue(before);
  }
});

test("line 14: in 1/2, a date, an address and in the middle of a word a slash is a slash", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  for (const words of ["1/2", "On 12/5/2026", "See https://example.org/a/b", "and/or", "c/o"]) {
    await text.fill("");
    await text.pressSequentially(words);
    await expect(page.getByRole("listbox"), words).toHaveCount(0);
    await expect(text).toHaveValue(words);
  }
});

test("line 14: a second slash writes one, for whoever wanted a slash after a space", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await text.pressSequentially("this ");
  await text.press("/");
  await page.keyboard.press("/");
  await expect(text).toBeFocused();
  await expect(text).toHaveValue("this /");
});

test("line 14: arrows move the active phrase, bring it into view and go around, while the focus stays in the field", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await compose(page, app, "25-1041502");
  const field = page.getByRole("combobox", { name: "Quick Entry" });
  await field.focus();
  await page.keyboard.press("ArrowDown");
  const list = page.getByRole("listbox", { name: "Quick entries" });
  const options = list.getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  expect(await list.evaluate((list) => list.scrollHeight > list.clientHeight), "some are out of view").toBe(true);
  const count = await options.count();
  // Down to the last one and around to the first, and up again to the last.
  const keys = [...Array.from({ length: count }, () => "ArrowDown"), "ArrowUp"];
  let active = 0;
  for (const key of keys) {
    await page.keyboard.press(key);
    active = (active + (key === "ArrowDown" ? 1 : -1) + count) % count;
    const option = options.nth(active);
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(list.locator("[aria-selected=true]")).toHaveCount(1);
    await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "no id");
    await expect(option).toBeInViewport({ ratio: 0.95 });
    await expect(field).toBeFocused();
  }
  const phrase = (await options.nth(active).locator("span").textContent()) ?? "no phrase";
  await page.keyboard.press("Enter");
  await expect(textBox(page)).toHaveValue(phrase);
  await expect(field).not.toHaveAttribute("aria-activedescendant");
});

/** What is selected in the text. */
function selected(text: Locator): Promise<string> {
  return text.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
}

async function pick(page: Page, words: string): Promise<void> {
  await page.getByRole("combobox", { name: "Quick Entry" }).fill(words);
  await page.keyboard.press("Enter");
}

test("line 15: a phrase goes to the caret, between the words that are there, and one Ctrl+Z takes it out", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await text.pressSequentially("Good morning, thank you");
  await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(13, 13));
  await pick(page, "documents");
  await expect(text).toBeFocused();
  await expect(text).toHaveValue(/^Good morning, We still need \[documents\] by \[date\]\..* thank you$/);
  expect(await selected(text)).toBe("[documents]");
  await page.keyboard.press("Control+z");
  await expect(text).toHaveValue("Good morning, thank you");
  await page.keyboard.press("Control+Shift+z");
  await expect(text).toHaveValue(/We still need \[documents\]/);
});

test("line 15: a phrase takes the place of what is selected", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await text.pressSequentially("Before THIS after");
  await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(7, 11));
  await pick(page, "documents");
  await expect(text).toHaveValue(/^Before We still need .* after$/);
  await page.keyboard.press("Control+z");
  await expect(text).toHaveValue("Before THIS after");
});

test("line 15: an unfilled blank stops the send with an error that selects it", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await pick(page, "documents");
  await expect.poll(() => selected(text)).toBe("[documents]");
  await page.keyboard.type("your passport");
  await page.keyboard.press("Tab");
  await expect.poll(() => selected(text)).toBe("[date]");
  await page.keyboard.press("Control+Enter");
  const problem = page.getByRole("link", { name: "Fill in the blank [date], or take it out" });
  await expect(page.locator(".problem")).toBeFocused();
  await problem.press("Enter");
  await expect(text).toBeFocused();
  await expect.poll(() => selected(text)).toBe("[date]");
  await page.keyboard.type("Friday");
  await expect(textBox(page)).toHaveValue(/We still need your passport by Friday\./);
  const body = await text.inputValue();
  expect(await accepted(app, body)).toBe(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("dialog")).toContainText(OKAY_SENT);
  expect(await accepted(app, body)).toBe(1);
});
