// screens.md, lines 18, 19, 24: what is pressed twice goes out once; what could not go out is not lost.

import { accepted, compose, sendButton, textBox } from "../support/composer.ts";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

test("line 18: a replayed post is one text", async ({ page, app }) => {
  const body = "Posted three times.";
  await compose(page, app, "25-1041377");
  const key = await page.locator("form[action$='/text'] input[name=key]").inputValue();
  const form = { key, body, quick_entry: "", press: "send" };
  const answers = [];
  for (let time = 1; time <= 3; time++) {
    answers.push(await page.request.post("/cases/25-1041377/text", { form, maxRedirects: 0 }));
  }
  expect(answers.map((answer) => answer.status())).toEqual([303, 303, 303]);
  expect(new Set(answers.map((answer) => answer.headers()["location"])).size).toBe(1);
  expect(await accepted(app, body)).toBe(1);
});

test("line 18: Ctrl+Enter three times is one text and one row", async ({ page, app }) => {
  const body = "Pressed three times.";
  const text = await compose(page, app, "25-1041377");
  await text.fill(body);
  await text.focus();
  for (let time = 1; time <= 3; time++) await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  expect(await accepted(app, body)).toBe(1);
  await page.goto("/cases/25-1041377/texts");
  await expect(page.getByRole("row").filter({ hasText: body })).toHaveCount(1);
});

test("line 19: a connection cut before the server heard of it leaves the draft, and no text", async ({ page, app, complaints }) => {
  complaints.allow(/Failed to load resource|ERR_/);
  const body = "Cut before anybody heard.";
  const text = await compose(page, app, "25-1041377");
  await text.fill(body);
  await page.route("**/api/send_message", (route) => route.abort("connectionreset"));
  await sendButton(page).click();
  await expect(page.getByText(/connection broke while your text was being sent/)).toBeVisible();
  await expect(text).toHaveValue(body);
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await page.reload();
  await expect(text).toHaveValue(body);
  expect(await accepted(app, body)).toBe(0);
});

test("line 24: whoever signs in next at the same computer does not see the text", async ({ page, app, context, complaints }) => {
  complaints.allow(/401/);
  const body = "For one person's eyes.";
  const text = await compose(page, app, "25-1040981");
  const session = await context.cookies();
  const other = await context.newPage();
  await other.goto("/");
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL(/\/login/);
  // As when a session ends by time: the browser still has its cookie.
  await context.addCookies(session);
  await text.fill(body);
  await sendButton(page).click();
  await expect(page.locator("input[name=password]")).toBeVisible();
  await page.locator("input[name=email]").fill("luis@cedarvalley.example");
  await page.locator("input[name=password]").fill(app.password);
  await page.locator("form:has(input[name=password]) button").click();
  await expect(page).not.toHaveURL(/\/login/);
  await page.goto("/cases/25-1040981/text");
  await hydrated(page);
  await expect(textBox(page)).toHaveValue("");
  expect(await accepted(app, body)).toBe(0);
});

test("line 24: the same person finds the text again, though the draft never reached the server", async ({ page, app, context, complaints }) => {
  complaints.allow(/401|Failed to load resource/);
  const body = "Carried through Sign in.";
  const text = await compose(page, app, "25-1041410");
  const session = await context.cookies();
  const other = await context.newPage();
  await other.goto("/");
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL(/\/login/);
  await context.addCookies(session);
  await text.fill(body);
  await sendButton(page).click();
  await page.locator("input[name=email]").fill(app.email);
  await page.locator("input[name=password]").fill(app.password);
  await page.locator("form:has(input[name=password]) button").click();
  await expect(page).toHaveURL(/\/cases\/25-1041410\/text/);
  await expect(textBox(page)).toHaveValue(body);
});

test("permission withdrawn while somebody writes stops the text and says why", async ({ page, app, context, complaints }) => {
  complaints.allow(/403|409|422/);
  const body = "Written too late.";
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  const client = await addClient(page, { name: "Changed Mind", cell: "(661) 555-0177", caseNumber });
  await page.goto(`/cases/${caseNumber}/text`);
  await hydrated(page);
  await textBox(page).fill(body);
  const other = await context.newPage();
  await other.goto(`${client}/edit`);
  await other.locator("#okay").uncheck();
  await other.getByRole("button", { name: "Save client" }).click();
  await expect(other.getByRole("main")).toContainText("Permission withdrawn");
  await sendButton(page).click();
  await expect(page.getByText("Okay to Text is not ticked").first()).toBeVisible();
  expect(await accepted(app, body)).toBe(0);
});
