// screens.md, "Send, undo, loss": one press, one text; nothing lost.

import { accepted, compose, sendButton, textBox } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

test("line 18: a double click and the same form in two tabs are one text", async ({ page, app, context }) => {
  const body = "Two tabs, one text.";
  const text = await compose(page, app, "25-1041377");
  const second = await context.newPage();
  await second.goto("/cases/25-1041377/text");
  await hydrated(second);
  await text.fill(body);
  await textBox(second).fill(body);
  await sendButton(page).dblclick();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  await sendButton(second).click();
  await expect(second.getByRole("dialog")).toContainText("Message Sent!");
  expect(await accepted(app, body)).toBe(1);
});

test("line 19: a connection cut after the server took the text makes no second one", async ({ page, app, complaints }) => {
  complaints.allow(/Failed to load resource|ERR_/);
  const body = "Cut after the server took it.";
  const text = await compose(page, app, "25-1041410");
  await text.fill(body);
  let cut = true;
  await page.route("**/api/send_message", async (route) => {
    if (!cut) return route.continue();
    cut = false;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await sendButton(page).click();
  await expect(page.getByText(/connection broke while your text was being sent/)).toBeVisible();
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  expect(await accepted(app, body)).toBe(1);
  await page.reload();
  await expect(text).toHaveValue("");
});

test("line 19: nor does reloading instead of pressing again", async ({ page, app, complaints }) => {
  complaints.allow(/Failed to load resource|ERR_/);
  const body = "Taken, and never heard of again.";
  const text = await compose(page, app, "25-1041410");
  await page.route("**/api/send_message", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  const saved = page.waitForResponse("**/api/save_draft");
  // Sent before the draft was saved: the page saves it once it has no answer.
  await text.fill(body);
  await sendButton(page).click();
  await expect(page.getByText(/connection broke while your text was being sent/)).toBeVisible();
  await saved;
  await page.reload();
  await expect(text).toHaveValue("");
  await page.goto("/cases/25-1041410/texts");
  await expect(page.getByText(body)).toHaveCount(1);
  expect(await accepted(app, body)).toBe(1);
});

test("line 20: after sending, Reload and Back neither send again nor ask", async ({ page, app }) => {
  const body = "Sent and looked back at.";
  const text = await compose(page, app, "25-1040981");
  await text.fill(body);
  await sendButton(page).click();
  await page.getByRole("dialog").getByText("Ok", { exact: true }).click();
  await page.reload();
  await expect(text).toHaveValue("");
  await page.goto("/");
  await page.goBack();
  await expect(text).toHaveValue("");
  expect(await accepted(app, body)).toBe(1);
});

test("line 23: offline, the text is kept and nothing is sent by itself later", async ({ page, app, context, complaints }) => {
  complaints.allow(/Failed to load resource|ERR_/);
  const body = "Written in the basement.";
  const text = await compose(page, app, "25-1040981");
  await text.fill(body);
  await context.setOffline(true);
  await sendButton(page).click();
  await expect(page.getByText("You are offline. Your text is not sent.").first()).toBeVisible();
  await expect(text).toHaveValue(body);
  await context.setOffline(false);
  await expect(page.getByText(/You are online again/).first()).toBeVisible();
  expect(await accepted(app, body)).toBe(0);
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  expect(await accepted(app, body)).toBe(1);
});

test("line 24: when the session ended, signing in leads back to the text, for the same person only", async ({ page, app, browser, complaints }) => {
  complaints.allow(/401/);
  const body = "The session ended meanwhile.";
  const text = await compose(page, app, "25-1039862");
  await text.pressSequentially(body);
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await page.context().clearCookies();
  await sendButton(page).click();
  await expect(page.locator("input[name=password]")).toBeVisible();
  await page.locator("input[name=email]").fill(app.email);
  await page.locator("input[name=password]").fill(app.password);
  await page.locator("form:has(input[name=password]) button").click();
  await expect(page).toHaveURL(/\/cases\/25-1039862\/text/);
  await expect(text).toHaveValue(body);
  const context = await browser.newContext({ baseURL: app.url });
  const luis = await context.newPage();
  await signIn(luis, { ...app, email: "luis@cedarvalley.example" });
  await luis.goto("/cases/25-1039862/text");
  await expect(textBox(luis)).toHaveValue("");
  await context.close();
});
