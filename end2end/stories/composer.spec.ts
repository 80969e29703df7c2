// screens.md, "Composer" and "Errors".

import { compose, draftSaved, sendButton, textBox } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

test("line 5: what was typed before WASM came is kept, with caret and counter", async ({ page, app }) => {
  await signIn(page, app);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/cases/25-1041502/text", { waitUntil: "commit" });
  await textBox(page).pressSequentially("twenty characters ok");
  release();
  await hydrated(page);
  await expect(textBox(page)).toHaveValue("twenty characters ok");
  await expect(page.getByText("140 left")).toBeVisible();
  expect(await textBox(page).evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(20);
});

test("line 6: the text box is named after client and number, and the button says what it will do", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await expect(text).toHaveAccessibleName("Text to Priya Raman, (661) 555-0133");
  await expect(page.getByRole("main")).toContainText("(661) 555-0133");
  await expect(sendButton(page)).toHaveAccessibleName("Send Message");
  await text.fill("a".repeat(200));
  await expect(sendButton(page)).toHaveAccessibleName("Send Message as 2 texts");
});

test("line 7: Tab goes quick entry, text, Send Message, Cancel/Close", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await page.getByRole("combobox", { name: "Quick Entry" }).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(text).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(sendButton(page)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByText("Cancel/Close")).toBeFocused();
});

test("line 8: the box is described by the static hint only", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await expect(text).toHaveAccessibleDescription(
    "One text holds 160 characters. Longer texts are sent in parts and cost more.",
  );
});

test("line 9: the counter follows every key and speaks only when the number of texts changes", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  const voice = page.locator("form [role=status], main p[role=status].hide").first();
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    for (const region of document.querySelectorAll("[role=status]")) {
      new MutationObserver(() => said.push(region.textContent ?? "")).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }
  });
  for (let n = 1; n <= 30; n++) {
    await text.press("x");
    await expect(page.getByText(`${160 - n} left`)).toBeVisible();
  }
  expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([]);
  await text.fill("x".repeat(161));
  await expect(voice.or(page.getByRole("status").filter({ hasText: "2 texts" })).first()).toBeAttached();
  await expect(page.getByRole("status").filter({ hasText: "2 texts" })).toBeAttached();
});

test("line 10: 2,000 characters are never cut, and refused with words", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  const text = await compose(page, app, "25-1041502");
  const long = "long ".repeat(400);
  await text.fill(long);
  await sendButton(page).click();
  await expect(page.getByRole("heading", { name: "There is a problem" })).toBeVisible();
  await expect(text).toHaveValue(long);
  await expect(text).toHaveAttribute("aria-invalid", "true");
});

test("line 12: the character that costs is named, replaced on request, and comes back with Ctrl+Z", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await text.pressSequentially("it’s ready");
  await expect(page.getByText("60 left")).toBeVisible();
  await page.getByRole("button", { name: /^Use/ }).click();
  await expect(text).toHaveValue("it's ready");
  await expect(text).toBeFocused();
  await expect(page.getByText("150 left")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(text).toHaveValue("it’s ready");
});

test("line 13: Enter makes a line, Ctrl+Enter sends once, also when the key repeats", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041519");
  await text.pressSequentially("one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("two");
  await expect(text).toHaveValue("one\ntwo");
  await page.keyboard.down("Control");
  await page.keyboard.down("Enter");
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.keyboard.up("Control");
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  const ledger = (await (await fetch(`${app.url}/sim/control/ledger`)).json()) as { body: string }[];
  expect(ledger.filter((entry) => entry.body === "one\ntwo")).toHaveLength(1);
});

test("line 14: a slash opens the phrases at the start or after a blank, not in 1/2", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await text.pressSequentially("1/2");
  await expect(page.getByRole("listbox")).toBeHidden();
  await text.pressSequentially(" /");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox")).toBeHidden();
  await expect(text).toHaveValue(/^1\/2/);
});

test("line 15: an unfilled blank stops the send and is selected by the error's link", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await page.getByRole("combobox", { name: "Quick Entry" }).fill("documents");
  await page.keyboard.press("Enter");
  await expect(text).toBeFocused();
  const selected = () =>
    text.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
  await expect.poll(selected).toBe("[documents]");
  await page.keyboard.type("your lease");
  await page.keyboard.press("Tab");
  await expect.poll(selected).toBe("[date]");
  await sendButton(page).click();
  const problem = page.getByRole("link", { name: /Fill in the blank \[date\]/ });
  await expect(problem).toBeVisible();
  await problem.click();
  await expect.poll(selected).toBe("[date]");
});

test("line 17: Send is never disabled, and nothing is required or cut by the browser", async ({ page, app }) => {
  await compose(page, app, "25-1041502");
  await expect(page.locator("form[action$='/text']")).toHaveAttribute("novalidate", "");
  await expect(page.locator("[required], [maxlength], button[disabled]")).toHaveCount(0);
});

test("line 22: a draft comes back after a reload, on another page's return and in another browser", async ({ page, app, browser }) => {
  const text = await compose(page, app, "25-1041377");
  await text.pressSequentially("Half a sentence");
  await draftSaved(page);
  await page.reload();
  await expect(text).toHaveValue("Half a sentence");
  await page.goto("/cases/25-1041205/text");
  await expect(text).toHaveValue("");
  const context = await browser.newContext({ baseURL: app.url });
  const second = await context.newPage();
  await signIn(second, app);
  await second.goto("/cases/25-1041377/text");
  await expect(textBox(second)).toHaveValue("Half a sentence");
  await context.close();
});

test("Cancel/Close asks before something written is left", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041410");
  await text.pressSequentially("Not sent yet");
  await page.getByText("Cancel/Close").click();
  const box = page.getByRole("dialog");
  await expect(box.getByRole("button", { name: "Go on writing" })).toBeFocused();
  await box.getByRole("button", { name: "Go on writing" }).click();
  await expect(text).toHaveValue("Not sent yet");
  await page.getByText("Cancel/Close").click();
  await box.getByRole("button", { name: "Throw the draft away" }).click();
  await expect(page).toHaveURL(/\/cases\/25-1041410$/);
  await page.goto("/cases/25-1041410/text");
  await expect(text).toHaveValue("");
});
