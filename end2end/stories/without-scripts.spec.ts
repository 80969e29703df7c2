// The program without WASM: the same rules, the same words, the same stored text.

import { accepted, sendButton, textBox } from "../support/composer.ts";
import { expect, signIn, test } from "../support/page.ts";

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("line 16: an empty text, a blank and a long text are refused with words, and kept", async ({ page, app, complaints }) => {
    complaints.allow(/422/);
    await signIn(page, app);
    await page.goto("/cases/25-1041519/text");
    const refusals = [
      ["", "Write the text first"],
      ["Come on [date].", "Fill in the blank [date], or take it out"],
      ["long ".repeat(100), "This is too long"],
      ["long ".repeat(400), "Use 1,600 characters or fewer"],
    ] as const;
    for (const [body, words] of refusals) {
      await textBox(page).fill(body);
      await sendButton(page).click();
      await expect(page).toHaveTitle(/^Error: /);
      await expect(page.getByRole("alert").getByRole("link", { name: words })).toHaveAttribute("href", "#body");
      await expect(textBox(page)).toHaveAttribute("aria-invalid", "true");
      await expect(textBox(page)).toHaveValue(body);
      if (body) expect(await accepted(app, body)).toBe(0);
    }
  });

  test("a refusal by Twilio has its meaning, next step and code", async ({ page, app }) => {
    // Not a phone that texted STOP: after the first refusal nobody may text that one again.
    const fate = (fate: string) =>
      fetch(`${app.url}/sim/control/fate`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ phone_number: "+16615550128", fate }),
      });
    await fate("refused:21614");
    await signIn(page, app);
    await page.goto("/cases/25-1041410/text");
    await textBox(page).fill("Hello José, without scripts.");
    await sendButton(page).click();
    const box = page.getByRole("dialog");
    await expect(box).toContainText("This number can’t receive texts: it is not a cell phone.");
    await expect(box).toContainText("21614");
    await fate("delivered");
  });

  test("line 20: after sending, Reload does not send again", async ({ page, app }) => {
    const body = "Sent once, reloaded twice.";
    await signIn(page, app);
    await page.goto("/cases/25-1041519/text");
    await textBox(page).fill(body);
    await sendButton(page).click();
    await expect(page.getByText("Message Sent!")).toBeVisible();
    await page.reload();
    await page.reload();
    expect(await accepted(app, body)).toBe(1);
  });
});
