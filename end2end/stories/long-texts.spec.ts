// Texts of more than one part, and what is hard to show of a text. Hostile names stand in `hostile`.

import { type Page } from "@playwright/test";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { accepted, compose, sendButton, textBox } from "../support/composer.ts";
import { cut, sideways } from "../support/fits.ts";
import { expect, signIn, test, visit } from "../support/page.ts";

/** What the demo's office allows at first. */
const ALLOWED = "2";

async function allowParts(page: Page, parts: string): Promise<void> {
  await page.goto("/admin/texting/responses");
  await page.locator("#max_parts").selectOption(parts);
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.locator("h1")).toHaveText("Public address");
}

/** Sends from the composer that is open. */
async function send(page: Page, body: string): Promise<void> {
  await textBox(page).fill(body);
  await sendButton(page).click();
  const box = page.getByRole("dialog");
  await expect(box).toContainText("Message Sent!");
  await box.getByText("Ok", { exact: true }).click();
  await expect(box).toHaveCount(0);
}

async function refusedAsTooLong(page: Page, body: string, words: string): Promise<void> {
  await textBox(page).fill(body);
  await sendButton(page).click();
  await expect(page.getByRole("alert").getByRole("link", { name: words })).toHaveAttribute("href", "#body");
  await expect(textBox(page)).toHaveValue(body);
}

/** The rows of the page, newest first: the message, whether it runs from right to left, the number, what the status says. */
function rows(page: Page): Promise<{ body: string; direction: string; number: string; status: string }[]> {
  return page.locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) => {
      const message = row.querySelector("p[dir=auto]");
      return {
        body: message?.textContent ?? "",
        direction: message ? getComputedStyle(message).direction : "",
        number: row.querySelector("bdi[dir=ltr]")?.textContent ?? "",
        status: row.querySelector(".x-why")?.textContent ?? "",
      };
    }),
  );
}

test("where two parts are allowed a text of two is sent and says so on Texts, and one of three is refused", async ({ page, app }) => {
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  await addClient(page, { name: "Tuong Parts", cell: "(661) 555-0166", caseNumber });
  const body = "Two parts long. ".repeat(12).trim();
  await compose(page, app, caseNumber);
  await refusedAsTooLong(page, "Too long. ".repeat(40).trim(), "This is too long: it would go out as 3 texts. Shorten it to 2 texts or fewer");
  await textBox(page).fill(body);
  await expect(sendButton(page)).toHaveAccessibleName("Send Message as 2 texts");
  await send(page, body);
  expect(await accepted(app, body)).toBe(1);
  await page.goto(`/cases/${caseNumber}/texts`);
  const row = page.getByRole("row").filter({ hasText: body });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("2 texts");
});

test("ten parts may be allowed, and eleven are refused with words beside the field", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  await visit(page, app, "/admin/texting/responses");
  const parts = page.locator("#max_parts");
  await expect(parts).toHaveValue(ALLOWED);
  await expect(parts.locator("option").last()).toHaveText("Up to 10 texts");
  await parts.evaluate((select: HTMLSelectElement) => {
    select.add(new Option("Up to 11 texts", "11"));
    select.value = "11";
  });
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByRole("alert").getByRole("link", { name: "Choose one of the list" })).toHaveAttribute("href", "#max_parts");
  await expect(parts).toHaveAttribute("aria-invalid", "true");
  try {
    await allowParts(page, "10");
    await page.goto("/admin/texting/responses");
    await expect(parts).toHaveValue("10");
  } finally {
    await allowParts(page, ALLOWED);
  }
});

const LONG = [
  { body: "😀".repeat(160), texts: "5 texts", direction: "ltr" },
  { body: "w".repeat(500), texts: "4 texts", direction: "ltr" },
  { body: `${"A sentence. ".repeat(127)}Is over`.slice(0, 1_530), texts: "10 texts", direction: "ltr" },
  { body: "مرحبا، موعدك يوم الاثنين. اتصل بنا: (661) 555-0100", texts: "", direction: "rtl" },
  { body: "\u202eשלום </textarea><script>alert(1)</script>", texts: "", direction: "rtl" },
];

test("line 32: 160 emoji, one long word, ten parts and words from right to left are sent whole, and fit a phone's screen on Texts", async ({ page, app }) => {
  page.on("dialog", () => expect(false, "a script ran").toBe(true));
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  await addClient(page, { name: "Lena Long", cell: "(661) 555-0167", caseNumber });
  try {
    await allowParts(page, "10");
    await compose(page, app, caseNumber);
    await refusedAsTooLong(page, `${"A sentence. ".repeat(133)}Over`, "This is too long: it would go out as 11 texts. Shorten it to 10 texts or fewer");
    for (const { body } of LONG) {
      await send(page, body);
      expect(await accepted(app, body), body).toBe(1);
    }
  } finally {
    await allowParts(page, ALLOWED);
  }
  await page.goto(`/cases/${caseNumber}`);
  expect(await sideways(page), "on the case").toBeLessThanOrEqual(0);
  await page.goto(`/cases/${caseNumber}/text`);
  expect(await sideways(page), "beside the composer").toBeLessThanOrEqual(0);
  await page.goto(`/cases/${caseNumber}/texts`);
  expect(await sideways(page), "on Texts").toBeLessThanOrEqual(0);
  expect(await cut(page)).toEqual([]);
  const shown = (await rows(page)).reverse();
  expect(shown.map(({ body, direction, number }) => ({ body, direction, number }))).toEqual(
    LONG.map(({ body, direction }) => ({ body, direction, number: "(661) 555-0167" })),
  );
  for (const [at, { texts }] of LONG.entries()) expect(shown[at]?.status).toMatch(texts ? new RegExp(`\\.${texts}$`) : /\.$/);
});
