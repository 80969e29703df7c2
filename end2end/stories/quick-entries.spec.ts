// Setup Functions, Setup Tables, Twilio Text Quick Entry.

import { type Page } from "@playwright/test";
import { compose } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

const TABLE = "/admin/setup/tables/quick-entries";

async function save(page: Page, name: string, body: string): Promise<void> {
  await page.locator("#name").fill(name);
  await page.locator("#body").fill(body);
  await page.getByRole("button", { name: "Save quick entry" }).click();
}

function names(page: Page): Promise<string[]> {
  return page.getByRole("table", { name: /^Quick entries/ }).getByRole("rowheader").locator("bdi").allTextContents();
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  test.describe(how, () => {
    test.use({ javaScriptEnabled });

    test("a quick entry is added, changed, moved, archived and restored", async ({ page, app }) => {
      const name = `Office closed ${how}`;
      await signIn(page, app);
      await page.goto(TABLE);
      await save(page, name, "We are closed on [date].");
      await expect.poll(() => names(page)).toContain(name);
      await page.getByRole("link", { name: `Edit ${name}` }).click();
      await expect(page.locator("#body")).toHaveValue("We are closed on [date].");
      await page.locator("#body").fill("Our office is closed on [date].");
      if (javaScriptEnabled) await expect(page.getByText("127 left")).toBeVisible();
      await save(page, name, "Our office is closed on [date].");
      const row = page.getByRole("row").filter({ hasText: name });
      await expect(row).toContainText("Our office is closed on");
      const before = (await names(page)).indexOf(name);
      await row.getByRole("button", { name: /^Up/ }).click();
      await expect.poll(async () => (await names(page)).indexOf(name)).toBe(before - 1);
      await row.getByRole("button", { name: /^Archive/ }).click();
      await expect.poll(() => names(page)).not.toContain(name);
      await page.locator("details.archived > summary").click();
      await row.getByRole("button", { name: /^Restore/ }).click();
      await expect.poll(() => names(page)).toContain(name);
    });
  });
}

test("a quick entry without a name or with one that is taken is refused with words, and the text is kept", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await signIn(page, app);
  await page.goto(TABLE);
  await save(page, "Please call us", "Typed and kept.");
  await expect(page.getByRole("link", { name: /Another quick entry has this name/ })).toBeVisible();
  await expect(page.locator("#body")).toHaveValue("Typed and kept.");
  await save(page, "", "Typed and kept.");
  await expect(page.getByRole("link", { name: "Enter a name" })).toBeVisible();
  await expect(page.locator("#body")).toHaveValue("Typed and kept.");
});

test("choosing another entry begins another form, without what was typed into the first", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto(TABLE);
  await hydrated(page);
  await page.getByRole("link", { name: "Edit Please call us" }).click();
  await expect(page.locator("#body")).toHaveValue(/^Please call us/);
  await page.locator("#body").fill("Typed and not saved.");
  await page.getByRole("link", { name: "Edit Documents needed" }).click();
  await expect(page.locator("#name")).toHaveValue("Documents needed");
  await expect(page.locator("#name")).toBeFocused();
  await expect(page.locator("#body")).toHaveValue(/^We still need/);
});

test("an archived quick entry is no longer offered in the composer", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto(TABLE);
  await save(page, "Soon archived", "Offered for a moment.");
  await page.getByRole("row").filter({ hasText: "Soon archived" }).getByRole("button", { name: /^Archive/ }).click();
  await expect.poll(() => names(page)).not.toContain("Soon archived");
  await compose(page, app, "25-1041205");
  await page.getByRole("combobox", { name: "Quick Entry" }).fill("Soon archived");
  await expect(page.getByText("No phrase has these words.")).toBeVisible();
});

test("staff who are no administrators are told so", async ({ page, app, complaints }) => {
  complaints.allow(/403/);
  await signIn(page, { ...app, email: "luis@cedarvalley.example" });
  for (const path of [TABLE, "/admin/texting"]) {
    await page.goto(path);
    await hydrated(page);
    await expect(page.getByRole("main")).toContainText("administrator");
    await expect(page.getByRole("button", { name: /^Save/ })).toHaveCount(0);
  }
});
