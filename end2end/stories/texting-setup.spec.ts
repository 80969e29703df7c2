// Texting Setup: each step asks Twilio, says its answer in words, and is saved for itself.

import { axe, expect, hydrated, signIn, test } from "../support/page.ts";

const REFUSALS = [
  { step: "account", field: "#sid", typed: "AC123", words: "Copy the Account SID from Twilio’s console: AC and 32 letters and digits" },
  { step: "account", field: "#token", typed: "short", words: "Copy the Auth Token from Twilio’s console: 32 letters and digits" },
  { step: "account", field: "#token", typed: "0".repeat(32), words: "Twilio does not accept this SID with this Auth Token" },
];

test("an account that Twilio knows is saved, and Twilio's answer stands beside its step", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/admin/texting/account");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.locator("h1")).toHaveText("Twilio #");
  await page.getByRole("link", { name: "Back to the steps" }).click();
  await expect(page.getByText("Twilio knows us as Cedar Valley Legal Aid.")).toBeVisible();
});

for (const { step, field, typed, words } of REFUSALS) {
  test(`${field.slice(1)} “${typed}” is refused: ${words}`, async ({ page, app, complaints }) => {
    complaints.allow(/422/);
    await signIn(page, app);
    await page.goto(`/admin/texting/${step}`);
    await page.locator(field).fill(typed);
    await page.getByRole("button", { name: "Save and go on" }).click();
    await expect(page.getByRole("link", { name: words })).toBeVisible();
    await expect(page.locator(field)).toHaveAttribute("aria-invalid", "true");
  });
}

test("line 39: a token is never in the HTML, neither the stored one nor one just typed", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  await page.goto("/admin/texting/account");
  await expect(page.getByRole("main")).toContainText(/Set (on|today|yesterday)/);
  await expect(page.locator("#token")).toHaveValue("");
  const typed = "a1b2c3d4".repeat(4);
  await page.locator("#token").fill(typed);
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByRole("link", { name: /Twilio does not accept/ })).toBeVisible();
  const html = await page.content();
  expect(html).not.toContain(typed);
  expect(html).not.toContain(app.twilio.authToken);
});

const TRAPS: { what: string; change: object; back: object; words: string }[] = [
  { what: "account", change: { kind: "Trial" }, back: { kind: "Full" }, words: "This is a trial account." },
  { what: "account", change: { status: "suspended" }, back: { status: "active" }, words: "Twilio calls the account suspended." },
  { what: "number", change: { capabilities: { sms: false } }, back: { capabilities: {} }, words: "The number cannot text." },
  { what: "number", change: { sms_application_sid: "AP1" }, back: { sms_application_sid: null }, words: "An application at Twilio" },
  { what: "number", change: { trunk_sid: "TK1" }, back: { trunk_sid: null }, words: "A SIP trunk at Twilio" },
  { what: "account", change: { auth_token: "0".repeat(32) }, back: {}, words: "Twilio does not accept this SID" },
];

test("each trap has its red line, with what to do next", async ({ page, app }) => {
  test.setTimeout(90_000);
  await signIn(page, app);
  await page.goto("/admin/texting");
  await hydrated(page);
  const atTwilio = (what: string, change: object) =>
    page.request.post(`/sim/control/${what}`, { data: { ...(what === "number" && { phone_number: app.twilio.number }), ...change } });
  for (const { what, change, back, words } of TRAPS) {
    await atTwilio(what, change);
    await page.getByRole("button", { name: /^Check/ }).click();
    const line = page.locator(".checks > li").filter({ hasText: words });
    await expect(line).toContainText("Not working");
    await expect(line.getByRole("link", { name: /^Put it right/ })).toBeVisible();
    await atTwilio(what, back);
  }
  await axe(page);
  await atTwilio("account", { auth_token: app.twilio.authToken });
});

test("the addresses to paste have a button that copies each", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/admin/texting/by-hand");
  await hydrated(page);
  for (const [name, path] of [["calls", "/twilio/voice"], ["texts", "/twilio/text"], ["status", "/twilio/status"]]) {
    await expect(page.locator(`#${name}`)).toHaveValue(`${app.url}${path}`);
  }
  await page.getByRole("button", { name: "Copy Address for texts" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the steps and the check work all the same", async ({ page, app }) => {
    await signIn(page, app);
    await page.goto("/admin/texting/number");
    await page.getByRole("button", { name: "Save and go on" }).click();
    await expect(page.locator("h1")).toHaveText("Text Response and Call Response");
    await page.goto("/admin/texting");
    await page.getByRole("button", { name: /^Check/ }).click();
    await expect(async () => {
      await page.reload();
      await expect(page.locator(".checks > li")).toHaveCount(10);
      await expect(page.getByText("Last checked:")).toBeVisible();
    }).toPass();
  });
});

test("the check runs in sight, line by line, and ends with what needs somebody", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/admin/texting");
  await hydrated(page);
  await page.getByRole("button", { name: /^Check/ }).click();
  await expect(page.getByText("Everything is in order.").or(page.getByText("line needs you"))).toBeVisible();
  await expect(page.locator(".checks > li")).toHaveCount(10);
  await axe(page);
});
