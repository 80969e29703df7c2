// A case with more texts than a page holds.

import { type Page } from "@playwright/test";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

const PAGE = 50;
const TEXTS = PAGE + 2;

/** Sends by the plain form, one after another: each answer carries the key of the next. */
async function sendAll(page: Page, caseNumber: string, bodies: string[]): Promise<void> {
  const path = `/cases/${caseNumber}/text`;
  let answer = await page.request.get(path);
  for (const body of bodies) {
    const [, key = ""] = /name="key" value="([^"]+)"/.exec(await answer.text()) ?? [];
    answer = await page.request.post(path, { form: { key, body, quick_entry: "", press: "send" } });
    expect(answer.url(), body).toContain("?sent=");
  }
}

/** The texts of the page that is open, from the top. */
function shown(page: Page): Promise<string[]> {
  return page.locator("tbody p[dir=auto]").allTextContents();
}

test("older texts stand on a page of their own: newest first, none twice and none missing, and a way leads back", async ({ page, app }) => {
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  await addClient(page, { name: "Olga Older", cell: "(661) 555-0168", caseNumber });
  const bodies = Array.from({ length: TEXTS }, (_, n) => `Text ${n} of many.`);
  await sendAll(page, caseNumber, bodies);
  await page.goto(`/cases/${caseNumber}/texts`);
  await hydrated(page);
  await expect(page.getByRole("main")).toContainText(`${TEXTS} texts, newest first`);
  // The newest texts stay as they are: nothing is on its way any more.
  await expect(page.locator("tbody tr[data-status=delivered]")).toHaveCount(PAGE);
  const newest = await shown(page);
  expect(newest).toHaveLength(PAGE);
  const pages = page.getByRole("navigation", { name: "Older texts of this case" });
  await expect(pages.getByRole("link", { name: "Newest texts" })).toHaveCount(0);
  await pages.getByRole("link", { name: "Older texts" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page).toHaveURL(/\/texts\?before=/);
  await expect.poll(() => shown(page)).toHaveLength(TEXTS - PAGE);
  const all = [...newest, ...(await shown(page))];
  expect(all).toEqual([...bodies].reverse());
  await expect(pages.getByRole("link", { name: "Older texts" })).toHaveCount(0);
  await pages.getByRole("link", { name: "Newest texts" }).click();
  await expect(page).toHaveURL(/\/texts$/);
  await expect.poll(() => shown(page)).toEqual(newest);
});
