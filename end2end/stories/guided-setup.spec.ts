// From an empty program to a delivered test text, and what a proxy in between can spoil.

import type { Page } from "@playwright/test";
import { account, startProgram, type App, type Running } from "../support/app.ts";
import { startProxy, type Harm, type Proxy } from "../support/proxy.ts";
import { axe, expect, hydrated, test } from "../support/page.ts";

interface Office {
  url: string;
  twilio: App["twilio"];
  sim: Running;
  proxy: Proxy;
  stop(): Promise<void>;
}

/** An empty program behind a proxy, with a pretend Twilio beside it and its first administrator signed in. */
async function openOffice(page: Page): Promise<Office> {
  const proxy = await startProxy();
  const sim = await startProgram(["sim", "--delays", "20-40"]);
  const flags = ["--twilio-api-url", sim.url, "--public-url", proxy.url];
  const program = await startProgram(["serve", ...flags]);
  proxy.target = program.url;
  const token = program.lines.at(-2) ?? "";
  await page.goto(`${program.url}/first`);
  await page.locator("#setup_token").fill(token);
  await page.locator("#office").fill("Harbor Legal Aid");
  await page.locator("#name").fill("Ada Harbor");
  await page.locator("#email").fill("ada@harbor.example");
  await page.locator("#password").fill("a long enough password");
  await page.locator("form:has(#password) button").click();
  await expect(page).not.toHaveURL(/first/);
  const stop = async () => {
    await program.stop();
    await sim.stop();
    await proxy.stop();
  };
  return { url: program.url, twilio: account(sim), sim, proxy, stop };
}

async function goOn(page: Page, heading: string): Promise<void> {
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.locator("h1")).toHaveText(heading);
}

/** The steps from top to bottom, as a person takes them. */
async function setUp(page: Page, office: Office): Promise<void> {
  await page.goto(`${office.url}/admin/texting`);
  await page.getByRole("link", { name: "Account", exact: true }).click();
  await page.locator("#sid").fill(office.twilio.accountSid);
  await page.locator("#token").fill(office.twilio.authToken);
  await goOn(page, "Twilio #");
  await page.locator("#number").selectOption({ label: "(661) 555-0100" });
  await goOn(page, "Text Response and Call Response");
  await page.locator("#text_response").fill("Call us at 661 555 0100.");
  await page.locator("#call_response").fill("Tom & Jerry's <office>: call 6 6 1.");
  await page.locator("#second_response").fill("Llámenos.");
  await goOn(page, "Public address");
  await goOn(page, "Connect the number");
}

test("an empty office sets texting up by the steps, and a test text is followed to delivered", async ({ page }) => {
  test.setTimeout(90_000);
  const office = await openOffice(page);
  try {
    await page.goto(`${office.url}/admin/texting`);
    await axe(page);
    await setUp(page, office);
    // The pretend number asks somebody else until now.
    await expect(page.getByText("Twilio asks another address").first()).toBeVisible();
    await axe(page);
    await page.locator("#overwrite").check();
    await page.getByRole("button", { name: "Connect this number" }).click();
    await expect(page.locator("h1")).toHaveText("A text to your own phone");
    await page.locator("#phone").fill("(661) 555-0190");
    await page.getByRole("button", { name: "Send a test text" }).click();
    await expect(page.getByText("It arrived. Texting works.")).toBeVisible();
    await axe(page);
    await page.getByRole("link", { name: "Back to the steps" }).click();
    await hydrated(page);
    await page.getByRole("button", { name: /^Check/ }).click();
    await expect(page.getByText("Everything is in order.")).toBeVisible();
    await expect(page.getByText("Not working")).toHaveCount(0);
    await axe(page);
    const call = await page.request.post(`${office.sim.url}/control/call`, {
      data: { from: "+16615550190", to: office.twilio.number },
    });
    const heard = (await call.json()) as { said: { text: string; language: string }[] };
    expect(heard.said.map(({ text }) => text)).toEqual(["Tom & Jerry's <office>: call 6 6 1.", "Llámenos."]);
  } finally {
    await office.stop();
  }
});

const HARMS: [Harm, string][] = [
  ["path", "Something on the way changes the address"],
  ["signature", "arrived without its signature"],
  ["body", "Something on the way changes what is posted"],
  ["redirect", "The address sends on to another"],
  ["other", "Something else than this program answers there (status 502)"],
];

test("what a proxy spoils is named, and so is an address that nobody answers", async ({ page }) => {
  test.setTimeout(90_000);
  const office = await openOffice(page);
  const check = async (words: string) => {
    await page.getByRole("button", { name: /^Check/ }).click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByText("Not working").first()).toBeVisible();
  };
  try {
    await setUp(page, office);
    await page.goto(`${office.url}/admin/texting`);
    await hydrated(page);
    for (const [harm, words] of HARMS) {
      office.proxy.harm = harm;
      await check(words);
    }
    await axe(page);
    await office.proxy.stop();
    await check("Nothing answers there.");
  } finally {
    await office.stop();
  }
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("line 4: the steps of Texting Setup follow one another to a test text that arrives", async ({ page }) => {
    const office = await openOffice(page);
    try {
      await setUp(page, office);
      await page.locator("#overwrite").check();
      await page.getByRole("button", { name: "Connect this number" }).click();
      await expect(page.locator("h1")).toHaveText("A text to your own phone");
      await page.locator("#phone").fill("(661) 555-0190");
      await page.getByRole("button", { name: "Send a test text" }).click();
      await expect(async () => {
        await page.reload();
        await expect(page.getByText("It arrived. Texting works.")).toBeVisible({ timeout: 500 });
      }).toPass();
    } finally {
      await office.stop();
    }
  });
});
