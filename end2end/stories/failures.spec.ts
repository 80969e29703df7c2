// What does not arrive is explained on its row; what may not be sent is explained in the place of the button.

import { accepted, compose, sendButton, textBox } from "../support/composer.ts";
import { postForgedWebhook, postWebhook } from "../support/twilio.ts";
import { expect, signIn, test } from "../support/page.ts";
import type { Locator, Page } from "@playwright/test";
import type { App } from "../support/app.ts";

test("a refusal by Twilio is shown with its meaning, the next step and the code", async ({ page, app }) => {
  const text = await compose(page, app, "25-1042010");
  await text.fill("Hello Bernice.");
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Not sent");
  await expect(page.getByRole("dialog")).toContainText("21610");
  await page.goto("/cases/25-1042010/texts");
  const row = page.getByRole("row").filter({ hasText: "Hello Bernice." });
  await expect(row).toContainText("Refused");
  await expect(row).toContainText("START");
});

test("line 26: a phone that is off reads Not delivered with reason and next step, live", async ({ page, app }) => {
  const text = await compose(page, app, "25-1042003");
  await text.fill("Hello Wanda.");
  await sendButton(page).click();
  // Leaving before the answer would take back the press: it is a draft then.
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  await page.goto("/cases/25-1042003/texts");
  const row = page.getByRole("row").filter({ hasText: "Hello Wanda." });
  await expect(row).toContainText("Not delivered", { timeout: 15_000 });
  await expect(row).toContainText("Try again later, or call");
  await expect(row).toContainText("30003");
  // Its button leads to a composer with the same words, and sends nothing.
  await row.getByRole("link", { name: /^Try again/ }).click();
  await expect(textBox(page)).toHaveValue("Hello Wanda.");
  expect(await accepted(app, "Hello Wanda.")).toBe(1);
});

/** A text to a phone that is off, and the link that tries it again. */
async function tryAgain(page: Page, app: App, number: string, body: string): Promise<Locator> {
  const text = await compose(page, app, number);
  await text.fill(body);
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  await page.goto(`/cases/${number}/texts`);
  return page.getByRole("row").filter({ hasText: body }).first().getByRole("link", { name: /^Try again/ });
}

test("line 19: what was tried again does not stand in the box once more, neither after the answer nor without one", async ({ page, app, complaints }) => {
  complaints.allow(/Failed to load resource|ERR_/);
  const body = "Is the phone on now?";
  const link = await tryAgain(page, app, "25-1042003", body);
  const address = `/cases/25-1042003/${await link.getAttribute("href")}`;
  await link.click();
  await expect(textBox(page)).toHaveValue(body);
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  await page.reload();
  await expect(textBox(page)).toHaveValue("");
  // A second decision, whose answer is lost on the way.
  await page.goto(address);
  await expect(textBox(page)).toHaveValue(body);
  await page.route("**/api/send_message", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  const kept = page.waitForResponse("**/api/save_draft");
  await sendButton(page).click();
  await expect(page.getByText(/connection broke while your text was being sent/)).toBeVisible();
  await kept;
  await page.reload();
  await expect(textBox(page)).toHaveValue("");
  expect(await accepted(app, body)).toBe(3);
});

test("a draft goes before the text that is tried again, the page says so, and one press and one undo change that", async ({ page, app }) => {
  const [number, body] = ["25-1042003", "Can you hear me </textarea><b>?"];
  const link = await tryAgain(page, app, number, body);
  const href = await link.getAttribute("href");
  await page.goto(`/cases/${number}/text`);
  const saved = page.waitForResponse("**/api/save_draft");
  await textBox(page).pressSequentially("Half a thought");
  await saved;
  await page.goto(`/cases/${number}/${href}`);
  await expect(textBox(page)).toHaveValue("Half a thought");
  await expect(page.getByText("Your draft stands in the box")).toBeVisible();
  await page.getByRole("button", { name: "Use that text instead of my draft" }).click();
  await expect(textBox(page)).toHaveValue(body);
  await expect(page.getByText("Your draft stands in the box")).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(textBox(page)).toHaveValue("Half a thought");
  // Once the draft was sent the page does not say any more that it stands there.
  await page.goto(`/cases/${number}/${href}`);
  await expect(page.getByText("Your draft stands in the box")).toBeVisible();
  await sendButton(page).click();
  await page.getByRole("dialog").getByText("Ok", { exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("Your draft stands in the box")).toHaveCount(0);
});

test("without number or permission the reason stands in the place of Send Text", async ({ page, app }) => {
  await signIn(page, app);
  for (const [number, reason] of [
    ["25-1037754", "Okay to Text is not ticked"],
    ["25-1041466", "There is no cell number"],
  ] as const) {
    await page.goto(`/cases/${number}`);
    await expect(page.getByText(reason).first()).toBeVisible();
    await page.goto(`/cases/${number}/text`);
    await expect(page.getByText(reason).first()).toBeVisible();
    await expect(sendButton(page)).toHaveCount(0);
  }
});

test("line 27: callbacks signed by Twilio's own package move a text up and never back; forged ones do nothing", async ({ page, app }) => {
  await fetch(`${app.url}/sim/control/fate`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ phone_number: "+16615550133", fate: "silent" }),
  });
  const text = await compose(page, app, "25-1041502");
  await text.fill("Reports in disorder.");
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  const ledger = (await (await fetch(`${app.url}/sim/control/ledger`)).json()) as { body: string; sid: string; status_callback: string }[];
  const entry = ledger.find((each) => each.body === "Reports in disorder.");
  const path = new URL(entry?.status_callback ?? "").pathname + new URL(entry?.status_callback ?? "").search;
  const report = (status: string) => ({ MessageSid: entry?.sid ?? "", MessageStatus: status, AccountSid: app.twilio.accountSid });
  await page.goto("/cases/25-1041502/texts");
  const row = page.getByRole("row").filter({ hasText: "Reports in disorder." });
  expect((await postForgedWebhook(app, path, report("failed"))).status).toBe(403);
  expect((await postWebhook(app, path, report("delivered"))).status).toBe(204);
  await expect(row).toContainText("Delivered");
  expect((await postWebhook(app, path, report("sent"))).status).toBe(204);
  await page.reload();
  await expect(row).toContainText("Delivered");
});

test("line 32: hostile and right-to-left text stays text", async ({ page, app }) => {
  const body = "</textarea><script>alert(1)</script> \u202eabc שלום";
  const text = await compose(page, app, "25-1041205");
  await text.fill(body);
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  await page.goto("/cases/25-1041205/texts");
  await expect(page.getByText("</textarea><script>alert(1)</script>").first()).toBeVisible();
  expect(await page.evaluate(() => document.querySelectorAll("main script").length)).toBe(0);
});
