// Two organizations side by side: what happens in one is never seen in the other.

import { expect, hydrated, signIn, test } from "../support/page.ts";
import { NORA, person, RIVERSIDE } from "../support/people.ts";
import { phoneTexts } from "../support/sim.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

/** A phone that a client of each office has. */
const SHARED = "+16615550142";
const OURS = "25-1040417";
const THEIRS = "R-2051";

test("the same phone in two offices: texts, STOP and numbers in the top line stay where they belong", async ({ page, app, browser, complaints }) => {
  complaints.allow(/404/);
  const { page: nora, context } = await person(browser, app, complaints, NORA);
  await signIn(page, app);
  await page.goto(`/cases/${OURS}/texts`);
  await hydrated(page);
  await nora.goto(`/cases/${THEIRS}/texts`);
  await hydrated(nora);
  await phoneTexts(app, SHARED, "Only for Riverside.", { to: RIVERSIDE });
  await expect(nora.getByRole("row").filter({ hasText: "Only for Riverside." })).toContainText("Received");
  await phoneTexts(app, SHARED, "Only for Cedar Valley.");
  await expect(page.getByRole("row").filter({ hasText: "Only for Cedar Valley." })).toContainText("Received");
  await expect(page.getByText("Only for Riverside.")).toHaveCount(0);
  await expect(nora.getByText("Only for Cedar Valley.")).toHaveCount(0);
  await nora.goto("/");
  await hydrated(nora);
  await phoneTexts(app, SHARED, "STOP", { to: RIVERSIDE });
  await nora.goto(`/cases/${THEIRS}`);
  await expect(nora.getByRole("heading", { name: "This phone texted STOP" })).toBeVisible();
  await page.goto(`/cases/${OURS}`);
  await expect(page.getByRole("main").getByRole("link", { name: "Send Text" }).first()).toBeVisible();
  await phoneTexts(app, SHARED, "START", { to: RIVERSIDE });
  await phoneTexts(app, SHARED, "no más", { to: RIVERSIDE });
  await expect(nora.getByRole("link", { name: /^Reviews/ })).toHaveAccessibleName("Reviews (1 to decide)");
  await page.goto("/reviews");
  await expect(page.getByRole("article").filter({ hasText: "Marisol Peña" })).toHaveCount(0);
  await context.close();
});

test("another office's clients, cases, texts and staff are not there, by link, by search or by typing the address", async ({ page, app, browser, complaints }) => {
  complaints.allow(/404/);
  await signIn(page, app);
  await page.getByRole("link", { name: "Aaliyah Johnson" }).click();
  await expect(page.locator("h1")).toHaveText(/Aaliyah Johnson/);
  const theirs = [new URL(page.url()).pathname, `${new URL(page.url()).pathname}/edit`, `/cases/${OURS}`, `/cases/${OURS}/text`, `/cases/${OURS}/texts`];
  const { page: nora, context } = await person(browser, app, complaints, NORA);
  for (const path of theirs) {
    await nora.goto(path);
    await expect(nora.getByRole("heading", { name: "Not found", level: 1 }), path).toBeVisible();
  }
  await nora.goto("/?q=aaliyah");
  await expect(nora.getByRole("heading", { name: "No client found for “aaliyah”" })).toBeVisible();
  await nora.goto("/");
  await expect(nora.getByRole("row").filter({ has: nora.getByRole("cell") })).toHaveCount(2);
  await nora.goto("/admin/staff");
  await expect(nora.getByRole("row").filter({ hasText: "Nora Feld" })).toBeVisible();
  expect(await nora.content()).not.toContain("cedarvalley.example");
  await nora.goto("/admin/texting");
  expect(await nora.content()).not.toContain(app.twilio.accountSid);
  await context.close();
  await page.goto(`/cases/${THEIRS}`);
  await expect(page.getByRole("heading", { name: "Not found", level: 1 })).toBeVisible();
});
