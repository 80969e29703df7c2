// Texting Setup: each step asks Twilio, says its answer in words, and is saved for itself.

import { axe, expect, hydrated, signIn, test } from "../support/page.ts";

const REFUSALS = [
  { step: "account", field: "#sid", typed: "AC123", words: "Copy the Account SID from Twilio's console: AC and 32 letters and digits" },
  { step: "account", field: "#token", typed: "short", words: "Copy the Auth Token from Twilio's console: 32 letters and digits" },
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
  await expect(page.getByRole("main")).toContainText(/Set on /);
  await expect(page.locator("#token")).toHaveValue("");
  const typed = "a1b2c3d4".repeat(4);
  await page.locator("#token").fill(typed);
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByRole("link", { name: /Twilio does not accept/ })).toBeVisible();
  const html = await page.content();
  expect(html).not.toContain(typed);
  expect(html).not.toContain(app.twilio.authToken);
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
