// What waits for somebody, in the top line and on the strip of a case: as it is now, on whatever page is open.

import { type Page } from "@playwright/test";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { textBox } from "../support/composer.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";
import { phoneTexts } from "../support/sim.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

const reviews = (page: Page) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Reviews/ });

async function open(page: Page): Promise<number> {
  const name = await reviews(page).innerText();
  return Number(/(\d+) to decide/.exec(name)?.[1] ?? 0);
}

test("a card that comes up is counted on every open page, and shown on the strip while somebody writes", async ({ page, app, context }) => {
  await signIn(page, app);
  const number = newCaseNumber();
  await addClient(page, { name: "Stella Strip", cell: "(661) 555-0158", caseNumber: number });
  const before = await open(page);
  const [list, quiet] = [await context.newPage(), await context.newPage()];
  await list.goto("/");
  await hydrated(list);
  await quiet.goto("/cases/25-1041205/texts");
  await hydrated(quiet);
  await page.goto(`/cases/${number}/text`);
  await hydrated(page);
  const strip = page.locator(".strip-ok");
  await expect(strip).toHaveText("Okay to Text");
  await textBox(page).fill("Half a sentence");
  await textBox(page).focus();
  await phoneTexts(app, "+16615550158", "please stop texting me");
  await expect(strip).toHaveText("Paused for review");
  await expect(page.getByRole("main")).toContainText("Half a sentence");
  // Each page has one connection, whatever it follows itself: the list nothing, the other case its own texts.
  for (const each of [page, list, quiet]) await expect.poll(() => open(each)).toBe(before + 1);
  await list.goto("/reviews");
  await list.getByRole("article", { name: /Stella Strip/ }).getByRole("button", { name: /^They meant something else/ }).click();
  await expect(strip).toHaveText("Okay to Text");
  await expect(textBox(page)).toHaveValue("Half a sentence");
  for (const each of [page, list, quiet]) await expect.poll(() => open(each)).toBe(before);
});

test("a page that follows nothing itself keeps its focus and what is typed when the top line changes", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/clients/new");
  await hydrated(page);
  const before = await open(page);
  await page.locator("#name").fill("Half typed");
  await page.locator("#name").focus();
  await phoneTexts(app, "+16615550159", "Stop, please");
  await expect.poll(() => open(page)).toBe(before + 1);
  await expect(page.locator("#name")).toBeFocused();
  await expect(page.locator("#name")).toHaveValue("Half typed");
});
