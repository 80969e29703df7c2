// A number that texts do not arrive at is told while one writes, and nothing is forbidden by it.

import { setFate } from "../support/carrier.ts";
import { accepted, compose, sendButton } from "../support/composer.ts";
import { axe, expect, test } from "../support/page.ts";
import { fits } from "../support/wrong.ts";

const CASE = "25-1041377";
const PHONE = "+16615550163";
const LANDLINE = "Carriers say that this is a landline, or takes no texts. Call instead, or ask for a cell number.";

test("the open composer and the case's page say that it is a landline; the text that arrives after takes it away", async ({ page, app, context }) => {
  await setFate(app, PHONE, "undelivered:30006");
  const text = await compose(page, app, CASE);
  await expect(page.getByText(LANDLINE)).toHaveCount(0);
  await text.fill("Do you have your papers?");
  await sendButton(page).click();
  await page.getByRole("dialog").getByRole("button", { name: "OK" }).click();
  // The carrier's report is told to the page that is open, and what is being written stays.
  await text.fill("Then I will call you.");
  await expect(page.getByText(LANDLINE)).toBeVisible();
  await expect(text).toHaveValue("Then I will call you.");
  await axe(page);
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 800 });
    await fits(page);
  }
  await page.setViewportSize({ width: 1280, height: 800 });

  const other = await context.newPage();
  await other.goto(`/cases/${CASE}`);
  await expect(other.getByText(LANDLINE)).toBeVisible();
  await axe(other);

  await setFate(app, PHONE, "delivered");
  await sendButton(page).click();
  await expect.poll(() => accepted(app, "Then I will call you.")).toBe(1);
  await expect(async () => {
    await other.reload();
    await expect(other.getByText(LANDLINE)).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await other.close();
});
