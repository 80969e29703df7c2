// What nobody should type, and somebody does.

import { compose, sendButton, textBox } from "../support/composer.ts";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { axe, expect, signIn, test } from "../support/page.ts";

const NAMES = [
  "</title></textarea><script>alert(1)</script>",
  "\u202eenoynA",
  "محمد علي",
  "😀 Emoji Person 👩‍👩‍👧",
  "W".repeat(190),
];

test("line 32: any name is shown as text, fits a phone's screen and runs no script", async ({ page, app }) => {
  // Five names on four pages each.
  test.setTimeout(120_000);
  page.on("dialog", () => expect(false, "a script ran").toBe(true));
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, app);
  for (const name of NAMES) {
    const caseNumber = newCaseNumber();
    await addClient(page, { name, cell: "(661) 555-0176", caseNumber });
    for (const path of [page.url(), `/cases/${caseNumber}`, `/cases/${caseNumber}/text`]) {
      await page.goto(path);
      await expect(page.locator("h1 bdi")).toHaveText(name);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(over, `${name} on ${path}`).toBeLessThanOrEqual(0);
    }
  }
  await axe(page);
});

test("line 32: two clients of one name are told apart by case and phone", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/?q=ram%C3%ADrez");
  const rows = page.getByRole("row").filter({ hasText: "José Ramírez" });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "25-1040981" })).toContainText("(661) 555-0175");
  await expect(rows.filter({ hasText: "25-1041410" })).toContainText("(661) 555-0128");
});

test("line 32: a NUL is refused with words in names and texts, and nothing is sent", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  const named = await page.request.post("/clients/new", {
    form: { name: "Nul\0Name", cell: "", okay_for: "", language: "en", zone: "", case_number: newCaseNumber() },
  });
  expect(named.status()).toBe(422);
  expect(await named.text()).toContain("Take out the hidden character (NUL)");
  const text = await compose(page, app, "25-1041205");
  await text.fill("Nul\0text");
  await sendButton(page).click();
  await expect(page.getByRole("link", { name: /Take out the hidden character/ })).toBeVisible();
});

test("line 32: 160 emoji, one long word and 1,600 characters wrap, and are never cut", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const text = await compose(page, app, "25-1041205");
  for (const body of ["😀".repeat(160), "w".repeat(500), "A sentence. ".repeat(133)]) {
    await text.fill(body);
    await expect(textBox(page)).toHaveValue(body);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
  }
});
