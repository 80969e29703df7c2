// screens.md, lines 9 to 11: the counter for the eye, for the ear, and on both sides of the wire.

import { accepted, compose, sendButton, textBox } from "../support/composer.ts";
import { counted, manyTexts } from "../support/texts.ts";
import { listen } from "../support/voice.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

const RHYTHM_MS = 100;
const SECOND_MS = 1_000;

test("line 9: 30 keys at 100 ms are 30 visible updates and nothing said, also after a second, below 75 %", async ({ page, app }) => {
  await page.clock.install();
  const text = await compose(page, app, "25-1041502");
  await text.focus();
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  const said = await listen(page);
  const counter = page.locator(".count-line b");
  for (let n = 1; n <= 30; n++) {
    await page.keyboard.press("x");
    await expect(counter).toHaveText(`${160 - n} left`);
    await page.clock.runFor(RHYTHM_MS);
  }
  expect(await said()).toEqual([]);
  await page.clock.runFor(SECOND_MS);
  expect(await said(), "30 of 160 is no news").toEqual([]);
});

test("line 9: crossing into a second text is said once, within a second of the last key, and not while typing", async ({ page, app }) => {
  await page.clock.install();
  const text = await compose(page, app, "25-1041502");
  await text.fill("x".repeat(150));
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 2_000));
  const said = await listen(page);
  await text.press("End");
  for (let n = 151; n <= 170; n++) {
    await page.keyboard.press("x");
    await page.clock.runFor(RHYTHM_MS);
  }
  expect(await said(), "while keys follow each other").toEqual([]);
  await page.clock.runFor(SECOND_MS);
  expect(await said()).toEqual(["2 texts"]);
  await page.clock.runFor(10 * SECOND_MS);
  expect(await said(), "said once").toEqual(["2 texts"]);
});

test("line 10: 2,000 pasted characters are not cut, are refused with words, and come back after a reload", async ({ page, app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const text = await compose(page, app, "25-1041502");
  const long = "long ".repeat(400);
  await page.evaluate((long) => navigator.clipboard.writeText(long), long);
  // "Draft saved" may still stand there for what was typed before.
  const saved = page.waitForResponse((answer) => answer.request().postData()?.includes(long) === true && answer.ok());
  await text.focus();
  await page.keyboard.press("Control+v");
  await expect(text).toHaveValue(long);
  await sendButton(page).click();
  await expect(page.getByRole("heading", { name: "There is a problem" })).toBeVisible();
  await expect(page.locator(".problem")).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole("alert").getByRole("link", { name: /Use 1,600 characters or fewer/ })).toHaveAttribute("href", "#body");
  await expect(text).toHaveValue(long);
  await expect(text).toHaveAttribute("aria-invalid", "true");
  await expect(text).toHaveAccessibleDescription(/Use 1,600 characters or fewer/);
  expect(await accepted(app, long)).toBe(0);
  await saved;
  await page.reload();
  await expect(text).toHaveValue(long);
});

/** What stands below the text box, counted by the browser's program and, of the same text, by the server. */
interface BothSides {
  body: string;
  browser: string;
  server: string;
}

test("line 11: browser and server count every text alike, and the vectors as Twilio does", async ({ page, app, complaints }) => {
  test.setTimeout(90_000);
  // The page is posted without a choice, to see what the server renders.
  complaints.allow(/422/);
  await compose(page, app, "25-1041502");
  const vectors = counted();
  const bodies = [...vectors.map(({ body }) => body), ...manyTexts(120)];
  const lines = await page.evaluate(async (bodies: string[]) => {
    const area = document.querySelector<HTMLTextAreaElement>("textarea[name=body]");
    const form = area?.form;
    if (!area || !form) throw new Error("no composer");
    const lineOf = (root: ParentNode) => root.querySelector(".count-line")?.textContent ?? "no counter";
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const both: BothSides[] = [];
    for (const body of bodies) {
      area.value = body;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      await drawn();
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams({ body, press: "insert" }) });
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      both.push({ body, browser: lineOf(document), server: lineOf(html) });
    }
    area.value = "";
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return both;
  }, bodies);
  // The two are laid out alike; only the blanks between them differ.
  const words = (line: string) => line.replace(/\s/g, "");
  expect(lines.filter(({ browser, server }) => words(browser) !== words(server))).toEqual([]);
  for (const [at, { body, encoding, segments }] of vectors.entries()) {
    const line = lines[at]?.browser ?? "";
    expect(line, body).toContain(encoding);
    expect(Number(/(\d+) texts? ·/.exec(line)?.[1]), `${body} ${line}`).toBe(segments);
  }
});

test("line 11: in the browser, too, a character more never makes fewer texts", async ({ page, app }) => {
  await compose(page, app, "25-1041502");
  const sank = await page.evaluate(async (bodies: string[]) => {
    const area = document.querySelector<HTMLTextAreaElement>("textarea[name=body]");
    const line = document.querySelector(".count-line");
    if (!area || !line) throw new Error("no composer");
    const drawn = () => new Promise((done) => requestAnimationFrame(done));
    const parts = async (body: string) => {
      area.value = body;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      await drawn();
      return Number(/(\d+) texts? ·/.exec(line.textContent ?? "")?.[1]);
    };
    const sank: string[] = [];
    for (const body of bodies) {
      const before = await parts(body);
      for (const more of ["a", "’", "😀", "\u0301"]) {
        if (!((await parts(body + more)) >= before)) sank.push(body + more);
      }
    }
    await parts("");
    return sank;
  }, manyTexts(40));
  expect(sank).toEqual([]);
});

const LINES = "three\n lines \nof one text";

test("line 11: three lines are stored alike with scripts and without", async ({ page, app, browser }) => {
  await compose(page, app, "25-1041502");
  await textBox(page).fill(LINES);
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
  const plain = await context.newPage();
  await signIn(plain, app);
  await plain.goto("/cases/25-1041502/text");
  await textBox(plain).fill(LINES);
  await sendButton(plain).click();
  await expect(plain.getByText("Message Sent!")).toBeVisible();
  await context.close();
  expect(await accepted(app, LINES)).toBe(2);
  await page.goto("/cases/25-1041502/texts");
  await hydrated(page);
  const stored = await page.evaluate(async () => {
    const response = await fetch("/api/load_texts", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ number: "25-1041502", before: null }),
    });
    return ((await response.json()) as { rows: { body: string }[] }).rows.slice(0, 2).map(({ body }) => body);
  });
  expect(stored).toEqual([LINES, LINES]);
});
