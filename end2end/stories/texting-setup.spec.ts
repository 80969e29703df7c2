// Texting Setup: what is typed is checked by asking Twilio, and its answer is said in words.

import { expect, signIn, test } from "../support/page.ts";

const REFUSALS = [
  { field: "#sid", typed: "AC123", words: "Copy the Account SID from Twilio's console: AC and 32 letters and digits" },
  { field: "#token", typed: "short", words: "Copy the Auth Token from Twilio's console: 32 letters and digits" },
  { field: "#token", typed: "0".repeat(32), words: "Twilio does not accept this SID with this Auth Token" },
  { field: "#number", typed: "(661) 555-0199", words: "This number is not one of the account's" },
];

test("what is right is saved, and Twilio's answer stands beside it", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/admin/texting");
  await page.getByRole("button", { name: "Save and check" }).click();
  await expect(page.getByText("Twilio knows us as Cedar Valley Legal Aid.")).toBeVisible();
  await expect(page.getByText("(661) 555-0100 belongs to the account.")).toBeVisible();
});

for (const { field, typed, words } of REFUSALS) {
  test(`${field.slice(1)} “${typed}” is refused: ${words}`, async ({ page, app, complaints }) => {
    complaints.allow(/422/);
    await signIn(page, app);
    await page.goto("/admin/texting");
    await page.locator(field).fill(typed);
    await page.getByRole("button", { name: "Save and check" }).click();
    await expect(page.getByRole("link", { name: words })).toBeVisible();
    await expect(page.locator(field)).toHaveAttribute("aria-invalid", "true");
  });
}

test("line 39: a token is never in the HTML, neither the stored one nor one just typed", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  await page.goto("/admin/texting");
  await expect(page.getByRole("main")).toContainText(/Set on /);
  await expect(page.locator("#token")).toHaveValue("");
  const typed = "a1b2c3d4".repeat(4);
  await page.locator("#token").fill(typed);
  await page.getByRole("button", { name: "Save and check" }).click();
  await expect(page.getByRole("link", { name: /Twilio does not accept/ })).toBeVisible();
  const html = await page.content();
  expect(html).not.toContain(typed);
  expect(html).not.toContain(app.twilio.authToken);
});
