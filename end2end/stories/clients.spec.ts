// Clients: added, changed, found; what cannot be taken is said beside its field, and nothing typed is lost.

import { addClient, newCaseNumber, typeClient } from "../support/clients.ts";
import { sendButton, textBox } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

test("a client is added, and found by name, case number and the last digits of the phone", async ({ page, app }) => {
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  await addClient(page, { name: "Odalys Fuentes", cell: "(661) 555-0171", caseNumber });
  await expect(page.getByRole("main")).toContainText("(661) 555-0171");
  for (const query of ["odalys", caseNumber, "0171"]) {
    await page.goto(`/?q=${encodeURIComponent(query)}`);
    await expect(page.getByRole("link", { name: "Odalys Fuentes" }), query).toBeVisible();
  }
});

test("the list of clients follows what is typed, and the address keeps it", async ({ page, app }) => {
  await signIn(page, app);
  await hydrated(page);
  await page.getByRole("searchbox").fill("thuy");
  await expect(page.getByRole("link", { name: "Priya Raman" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Thuy Nguyen" })).toBeVisible();
  await expect(page).toHaveURL(/q=thuy/);
  await expect(page.getByRole("searchbox")).toBeFocused();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("line 16: a wrong number is refused beside its field, and everything typed is kept", async ({ page, app, complaints }) => {
      complaints.allow(/422/);
      await signIn(page, app);
      const caseNumber = newCaseNumber();
      await page.goto("/clients/new");
      await typeClient(page, { name: "Wrong Number", cell: "555-01", caseNumber });
      await page.getByRole("button", { name: "Save client" }).click();
      await expect(page).toHaveTitle(/^Error: /);
      const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
      const words = "Enter a phone number with its area code";
      await expect(summary.getByRole("link", { name: words })).toHaveAttribute("href", "#cell");
      const cell = page.locator("#cell");
      await expect(cell).toHaveAttribute("aria-invalid", "true");
      await expect(cell).toHaveAccessibleDescription(new RegExp(words));
      await expect(cell).toHaveValue("555-01");
      await expect(page.locator("#name")).toHaveValue("Wrong Number");
      await expect(page.locator("#case_number")).toHaveValue(caseNumber);
      await expect(page.locator("#okay")).toBeChecked();
      await cell.fill("661 555 0172");
      await page.getByRole("button", { name: "Save client" }).click();
      await expect(page.locator("h1")).toHaveText("Wrong Number");
    });
  });
}

test("line 16: the error summary has the focus, and its link leads to the field", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  await page.goto("/clients/new");
  await page.getByRole("button", { name: "Save client" }).click();
  await hydrated(page);
  await expect(page.locator(".problem")).toBeFocused();
  await page.getByRole("link", { name: "Enter the case number" }).click();
  await expect(page.locator("#case_number")).toBeFocused();
});

test("a changed number asks for permission anew, and ends the old one until it is given", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  const path = await addClient(page, { name: "New Phone", cell: "(661) 555-0173", caseNumber });
  await page.goto(`${path}/edit`);
  await expect(page.locator("#okay")).toBeChecked();
  await page.locator("#cell").fill("(661) 555-0174");
  await page.getByRole("button", { name: "Save client" }).click();
  await expect(page.getByRole("link", { name: /The number is new: ask the client/ })).toBeVisible();
  await expect(page.locator("#okay")).not.toBeChecked();
  await expect(page.locator("#cell")).toHaveValue("(661) 555-0174");
  await page.getByRole("button", { name: "Save client" }).click();
  await expect(page.getByRole("main")).toContainText("Number changed; permission ended");
  await page.goto(`/cases/${caseNumber}/text`);
  await expect(page.getByText("Okay to Text is not ticked").first()).toBeVisible();
  await page.goto(`${path}/edit`);
  await page.locator("#okay").check();
  await page.getByRole("button", { name: "Save client" }).click();
  await expect(page).not.toHaveURL(/edit/);
  await page.goto(`/cases/${caseNumber}`);
  await expect(page.getByRole("main").getByRole("link", { name: "Send Text" }).last()).toBeVisible();
});

test("a case number that is taken is refused with words", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  await page.goto("/clients/new");
  await typeClient(page, { name: "Second Thuy", cell: "", okay: false, caseNumber: "25-1041205" });
  await page.getByRole("button", { name: "Save client" }).click();
  await expect(page.getByRole("link", { name: /belongs to a case already/ })).toBeVisible();
});

test("a client gets a second case on their page, and is texted from it; the first case shows nothing of that", async ({ page, app }) => {
  await signIn(page, app);
  const [first, second] = [newCaseNumber(), newCaseNumber()];
  const client = await addClient(page, { name: "Tessa Twocases", cell: "(661) 555-0191", caseNumber: first });
  await hydrated(page);
  const form = page.getByRole("form", { name: "Add a case" });
  await form.getByRole("textbox", { name: "Case number" }).fill(second);
  await form.getByRole("button", { name: "Add case" }).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${second}$`));
  await expect(page.locator("h1")).toContainText("Tessa Twocases");
  await page.goto(client);
  const cases = page.getByRole("region", { name: "Cases" });
  for (const number of [first, second]) await expect(cases.getByRole("link", { name: `Case ${number}`, exact: true })).toBeVisible();
  await cases.getByRole("link", { name: `Send Text on case ${second}` }).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${second}/text$`));
  await hydrated(page);
  await textBox(page).fill("About the second case.");
  await sendButton(page).click();
  await page.getByRole("dialog", { name: /^Message Sent!/ }).getByText("Ok", { exact: true }).click();
  await page.getByRole("navigation", { name: "Case" }).getByRole("link", { name: /^Texts/ }).click();
  await expect(page.getByRole("row").filter({ hasText: "About the second case." })).toHaveCount(1);
  await page.goto(`/cases/${first}/texts`);
  await expect(page.getByRole("heading", { name: "No texts yet" })).toBeVisible();
});
