// Setup, Incoming texts: whether staff see them, the two limits, and the pages of what comes from unknown numbers.

import { addClient, newCaseNumber } from "../support/clients.ts";
import { test } from "../support/clock.ts";
import { axe, expect, hydrated, signIn } from "../support/page.ts";
import { phoneTexts } from "../support/sim.ts";
import { fits, HOSTILE, refused, type Wrong } from "../support/wrong.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

const PAGE = "/admin/incoming";
const ODD = ["0", "-1", "1.5", "1e1", "ten", "١٠", ...HOSTILE];

test("switched off, what clients write is answered, kept and counted, and not shown; switched on it is there", async ({ page, app, context }) => {
  await signIn(page, app);
  const number = newCaseNumber();
  await addClient(page, { name: "Ora Kept", cell: "(661) 555-0157", caseNumber: number });
  await phoneTexts(app, "+16615550157", "Seen before.");
  await page.goto(PAGE);
  await hydrated(page);
  const show = page.getByRole("checkbox", { name: "Staff see what clients write", exact: true });
  await expect(show).toBeChecked();
  await show.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await expect(show).not.toBeChecked();
  const texts = await context.newPage();
  await texts.goto(`/cases/${number}/texts`);
  await hydrated(texts);
  await expect(texts.getByText("1 text came in and was answered; incoming texts are not shown.")).toBeVisible();
  const answered = await phoneTexts(app, "+16615550157", "Not for the screen.");
  expect(answered.replies, "still answered").toHaveLength(1);
  await texts.reload();
  await expect(texts.getByText("2 texts came in and were answered; incoming texts are not shown.")).toBeVisible();
  await expect(texts.getByText(/Seen before|Not for the screen/)).toHaveCount(0);
  await axe(texts);
  // STOP counts all the same.
  await phoneTexts(app, "+16615550157", "STOP");
  await texts.goto(`/cases/${number}`);
  await expect(texts.getByRole("heading", { name: "This phone texted STOP" })).toBeVisible();
  await phoneTexts(app, "+16615550157", "START");
  await show.check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await texts.goto(`/cases/${number}/texts`);
  await expect(texts.getByRole("row").filter({ hasText: "Not for the screen." })).toContainText("Received");
});

test("what is no limit is refused beside its field, and nothing is saved", async ({ page, app, complaints }) => {
  test.setTimeout(120_000);
  complaints.allow(/422/);
  await signIn(page, app);
  await page.goto(PAGE);
  const before = { answer_limit: await page.locator("#answer_limit").inputValue(), opt_out_limit: await page.locator("#opt_out_limit").inputValue() };
  const wrong: Wrong[] = [
    { field: "answer_limit", typed: "", words: "Fill this in" },
    ...[...ODD, "101"].map((typed) => ({ field: "answer_limit", typed, words: "Enter a number from 1 to 100" })),
    ...["0", "1001", ...HOSTILE].map((typed) => ({ field: "opt_out_limit", typed, words: "Enter a number from 1 to 1000" })),
  ];
  for (const each of wrong) {
    for (const [field, value] of Object.entries(before)) await page.locator(`#${field}`).fill(value);
    await refused(page, each, "Save");
  }
  await fits(page);
  await page.goto(PAGE);
  for (const [field, value] of Object.entries(before)) await expect(page.locator(`#${field}`)).toHaveValue(value);
});

test("texts from unknown numbers are paged without gaps and doubles, hostile ones among them", async ({ page, app }) => {
  test.setTimeout(120_000);
  page.on("dialog", () => expect(false, "a script ran").toBe(true));
  const bodies = [...HOSTILE, ...Array.from({ length: 60 - HOSTILE.length }, (_, n) => `Unknown ${String(n).padStart(2, "0")}.`)];
  // Each from a phone of its own: many from one would not be answered.
  for (const [n, body] of bodies.entries()) await phoneTexts(app, `+1661556${String(1000 + n)}`, body);
  await signIn(page, app);
  await page.goto(PAGE);
  await hydrated(page);
  const rows = page.getByRole("table").getByRole("row").filter({ has: page.getByRole("cell") });
  const shown = async () => (await rows.locator(".x-msg").allTextContents()).map((text) => text.trim());
  await expect(rows).toHaveCount(50);
  const first = await shown();
  expect(first[0], "the newest first").toContain(bodies.at(-1));
  await page.getByRole("link", { name: "Older" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/before=/);
  await expect(rows).toHaveCount(10);
  const all = [...first, ...(await shown())];
  for (const body of bodies) expect(all.filter((text) => text.includes(body)), body.slice(0, 30)).toHaveLength(1);
  await fits(page);
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(rows).toHaveCount(50);
});
