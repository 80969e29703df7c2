// The story that the program is for: from signing in to a delivered text, with and without scripts.

import { expect, hydrated, signInByForm, test } from "../support/page.ts";

test("a staff member signs in, texts a client from the case, and watches it being delivered", async ({ page, app }) => {
  await signInByForm(page, app);
  await page.getByRole("link", { name: "Thuy Nguyen" }).click();
  await page.getByRole("link", { name: "Send Text" }).first().click();
  await hydrated(page);
  const text = page.getByRole("textbox", { name: /^Text to Thuy Nguyen/ });
  await page.getByRole("combobox", { name: "Quick Entry" }).fill("please");
  await page.keyboard.press("Enter");
  await expect(text).toHaveValue(/^Please call us about your case/);
  await expect(page.getByText("88 left")).toBeVisible();
  await page.getByRole("button", { name: "Send Message" }).click();
  const box = page.getByRole("dialog");
  await expect(box).toContainText("Message Sent!");
  await expect(box).toContainText("Twilio responded with: 'queued'");
  await box.getByRole("button", { name: "Ok" }).or(box.getByRole("link", { name: "Ok" })).click();
  await expect(text).toHaveValue("");
  await page.getByRole("link", { name: /^Texts/ }).first().click();
  const row = page.getByRole("row").filter({ hasText: "Please call us about your case" }).first();
  await expect(row).toContainText("Delivered");
  await row.getByRole("button", { name: /Message Status/ }).click();
  await expect(row).toContainText(/Twilio says:? .?delivered/i);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("line 4: the same path works", async ({ page, app }) => {
    await signInByForm(page, app);
    await page.getByRole("link", { name: "Keoni Kahale" }).click();
    await page.getByRole("link", { name: "Send Text" }).first().click();
    await page.locator('select[name="quick_entry"]').selectOption({ label: "Please call us" });
    await page.getByRole("button", { name: "Insert" }).click();
    await expect(page.locator('textarea[name="body"]')).toHaveValue(/^Please call us about your case/);
    await page.getByRole("button", { name: "Send Message" }).click();
    await expect(page.getByText("Message Sent!")).toBeVisible();
    await expect(page.getByText("Twilio responded with: 'queued'")).toBeVisible();
    await page.goto("/cases/25-1041519/texts");
    const row = page.getByRole("row").filter({ hasText: "Please call us about your case" }).first();
    await expect(async () => {
      await page.reload();
      await expect(row).toContainText("Delivered", { timeout: 500 });
    }).toPass();
    await row.getByRole("button", { name: /Message Status/ }).click();
    await expect(row).toContainText(/Twilio says:? .?delivered/i);
  });
});
