// What arrives late is not put on another page than the one that asked for it.

import { type Page } from "@playwright/test";
import { report, setFate } from "../support/carrier.ts";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { compose, sendButton } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

async function texted(page: Page, app: Parameters<typeof compose>[1], name: string, last4: string, body: string): Promise<string> {
  await setFate(app, `+1661555${last4}`, "silent");
  const caseNumber = newCaseNumber();
  await addClient(page, { name, cell: `(661) 555-${last4}`, caseNumber });
  const text = await compose(page, app, caseNumber);
  await text.fill(body);
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  return caseNumber;
}

test("a text's news that was asked for on one case's Texts is not put into another case's, opened meanwhile", async ({ page, app }) => {
  await signIn(page, app);
  const first = await texted(page, app, "Bea First", "0169", "For Bea.");
  await texted(page, app, "Al Second", "0170", "For Al.");
  await page.goto(`/cases/${first}/texts`);
  await hydrated(page);
  // Without leaving the program: over the list to the other client's Texts.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clients" }).click();
  await page.getByRole("link", { name: "Al Second" }).click();
  await page.getByRole("link", { name: /^\d+ texts? on case/ }).click();
  await expect(page.getByRole("row").filter({ hasText: "For Al." })).toContainText("Sent");
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const asked = page.waitForRequest("**/api/load_text_rows");
  await page.route("**/api/load_text_rows", async (route) => {
    await held;
    await route.continue();
  });
  await report(app, "For Al.", "delivered");
  await asked;
  for (let back = 0; back < 3; back++) await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/cases/${first}/texts$`));
  await expect(page.locator("h1")).toContainText("Bea First");
  await expect(page.getByRole("row").filter({ hasText: "For Bea." })).toBeVisible();
  const answered = page.waitForResponse("**/api/load_text_rows");
  release();
  await answered;
  // An answer that comes later than the late one: by then that one would have been shown.
  await report(app, "For Bea.", "delivered");
  await expect(page.getByRole("row").filter({ hasText: "For Bea." })).toContainText("Delivered");
  await expect(page.locator("tbody p[dir=auto]")).toHaveText(["For Bea."]);
});
