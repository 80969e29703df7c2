// Texting Setup, Public address: an address of the organization's own.

import { test } from "../support/clock.ts";
import { expect, hydrated, signIn } from "../support/page.ts";
import { fits, HOSTILE, refused, type Wrong } from "../support/wrong.ts";

// Each goes through several pages, some of them with axe.
test.describe.configure({ timeout: 60_000 });

const PAGE = "/admin/texting/address";
const NOT_PUBLIC = /^Enter https:\/\/ and the name under which Twilio reaches this server/;
const NOT_CALLABLE = /^Enter an address that begins with https:\/\//;

const WRONG: Wrong[] = [
  ...["text.example.org", "ftp://text.example.org", "https://", "https://a b.example.org", "https://text.example.org/office", ...HOSTILE].map(
    (typed) => ({ field: "public_url", typed, words: NOT_PUBLIC }),
  ),
  ...["twilio", "ftp://text.example.org/status", "https://under_score.example.org/status", ...HOSTILE].map((typed) => ({
    field: "status_callback",
    typed,
    words: NOT_CALLABLE,
  })),
  { field: "status_callback", typed: `https://text.example.org/${"s".repeat(2000)}`, words: "Use 2,000 characters or fewer" },
];

test("what Twilio could not call is refused beside its field", async ({ page, app, complaints }) => {
  test.setTimeout(90_000);
  complaints.allow(/422/);
  await signIn(page, app);
  await page.goto(PAGE);
  const callback = await page.locator("#status_callback").inputValue();
  for (const wrong of WRONG) {
    await page.locator("#public_url").fill("");
    await page.locator("#status_callback").fill(callback);
    await refused(page, wrong, "Save and go on");
  }
  await fits(page);
});

test("an own address is saved, shown, carried into the addresses to paste, and taken back when it is emptied", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto(PAGE);
  await hydrated(page);
  await expect(page.getByRole("main")).toContainText(app.url);
  await page.locator("#public_url").focus();
  // By keyboard. Nobody answers there: it is saved, and said.
  await page.keyboard.type("https://text.cedar.invalid");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText("https://text.cedar.invalid", { timeout: 20_000 });
  await page.goto(PAGE);
  await expect(page.locator("#public_url")).toHaveValue("https://text.cedar.invalid");
  await expect(page.locator("#status_callback")).toHaveValue("https://text.cedar.invalid/twilio/status");
  await page.goto("/admin/texting/by-hand");
  await expect(page.locator("#texts")).toHaveValue("https://text.cedar.invalid/twilio/text");
  await page.goto(PAGE);
  await page.locator("#public_url").fill("");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.locator("h1")).toHaveText("Connect the number", { timeout: 20_000 });
  await page.goto("/admin/texting/by-hand");
  await expect(page.locator("#texts")).toHaveValue(`${app.url}/twilio/text`);
});
