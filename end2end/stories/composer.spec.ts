// screens.md, "Composer" and "Errors". Counting stands in `counting`, keys and phrases in `keys`.

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
