// screens.md, "Composer" and "Errors". Counting stands in `counting`, keys and phrases in `keys`.

import { type Locator, type Page } from "@playwright/test";
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

async function boxOf(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await what.boundingBox();
  if (!box) throw new Error("It has no place on the page.");
  return box;
}

/** Where a number stands with its label, at the head of the composer. */
async function place(page: Page, label: string, number: string) {
  const labelled = page.locator("main .strip > div").filter({ hasText: label }).filter({ hasText: number });
  return boxOf(labelled.locator(".value"));
}

test("line 6: the text box is named after client and number, the cell number stands top left and the case number top right, and the button says what it will do", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await expect(text).toHaveAccessibleName("Text to Priya Raman, (661) 555-0133");
  const cell = await place(page, "Cell number", "(661) 555-0133");
  const caseNumber = await place(page, "Case number", "25-1041502");
  const heading = await boxOf(page.locator("h1"));
  const form = await boxOf(page.getByRole("form", { name: "Text to Priya Raman, (661) 555-0133" }));
  // One line, above what is typed: the number to the left of the client, the case to the right, at the ends of the sheet.
  expect(cell.y + cell.height).toBeGreaterThan(caseNumber.y);
  expect(caseNumber.y + caseNumber.height).toBeGreaterThan(cell.y);
  expect(Math.max(cell.y + cell.height, caseNumber.y + caseNumber.height)).toBeLessThanOrEqual(form.y);
  expect(cell.x + cell.width).toBeLessThanOrEqual(heading.x);
  expect(heading.x + heading.width).toBeLessThanOrEqual(caseNumber.x);
  const sheet = await boxOf(page.locator(".sheet"));
  expect(cell.x - sheet.x).toBeLessThan(sheet.width / 10);
  expect(sheet.x + sheet.width - (caseNumber.x + caseNumber.width)).toBeLessThan(sheet.width / 10);
  await expect(sendButton(page)).toHaveAccessibleName("Send Message");
  await text.fill("a".repeat(200));
  await expect(sendButton(page)).toHaveAccessibleName("Send Message as 2 texts");
});

test("line 7: Tab goes quick entry, text, fix buttons, Send Message, Cancel/Close", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await text.fill("it’s – ready");
  await page.getByRole("combobox", { name: "Quick Entry" }).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(text).toBeFocused();
  for (const odd of ["’", "–"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: new RegExp(`^Use .* in place of .* ${odd}$`) })).toBeFocused();
  }
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

test("line 12: the character that costs is marked and named, replaced on request, and comes back with Ctrl+Z", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041502");
  await text.pressSequentially("it’s ready");
  await expect(page.getByText("60 left")).toBeVisible();
  // The layer behind the box, which shows through it.
  const marked = page.locator(".paper .echo mark.odd");
  await expect(marked).toHaveText(["’"]);
  await expect(page.locator("form .note")).toContainText("the curly apostrophe ’ in “it’s”");
  await page.getByRole("button", { name: "Use ' in place of the curly apostrophe ’", exact: true }).click();
  await expect(text).toHaveValue("it's ready");
  await expect(text).toBeFocused();
  await expect(marked).toHaveCount(0);
  await expect(page.getByText("150 left")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(text).toHaveValue("it’s ready");
});

test("line 17: Send is never disabled, and nothing is required or cut by the browser", async ({ page, app }) => {
  await compose(page, app, "25-1041502");
  await expect(page.locator("form[action$='/text']")).toHaveAttribute("novalidate", "");
  await expect(page.locator("[required], [maxlength], button[disabled]")).toHaveCount(0);
});

test("line 22: a draft comes back after a reload, on another page's return and in another browser, and only to its own client", async ({ page, app, browser }) => {
  const drafts = [["25-1040981", "For José"], ["25-1041377", "Half a sentence"]] as const;
  for (const [number, draft] of drafts) {
    const text = await compose(page, app, number);
    await text.pressSequentially(draft);
    await draftSaved(page);
  }
  await page.reload();
  await expect(textBox(page)).toHaveValue("Half a sentence");
  for (const [number, draft] of drafts) {
    await page.goto(`/cases/${number}/text`);
    await hydrated(page);
    await expect(textBox(page)).toHaveValue(draft);
  }
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
