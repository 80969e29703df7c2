// The training phone: it answers, blocks and calls, with and without scripts.

import type { Page } from "@playwright/test";
import { axe, expect, test } from "../support/page.ts";

/** Nobody's client, so that no other story is touched. */
const PHONE = "+16615550177";

async function open(page: Page, phone = PHONE): Promise<void> {
  await page.goto(`/sim?phone=${encodeURIComponent(phone)}`);
}

const shown = (page: Page) => page.getByRole("log", { name: "Texts on this phone" });
const box = (page: Page) => page.getByRole("textbox", { name: "Answer as the client" });

test("a reply is written on the phone, stays there, and the focus stays in the box", async ({ page }) => {
  await open(page);
  await box(page).fill("¿Puedo llevar a mi hermana?");
  await page.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(shown(page)).toContainText("¿Puedo llevar a mi hermana?");
  await expect(box(page)).toHaveValue("");
  await expect(page.getByText("received", { exact: true }).first()).toBeVisible();
});

test("STOP blocks, Twilio confirms it, START lifts it; what was being typed stays", async ({ page }) => {
  await open(page, "+16615550178");
  await box(page).fill("half a sentence");
  await page.getByRole("button", { name: "STOP" }).click();
  await expect(shown(page)).toContainText("You have successfully been unsubscribed.");
  await expect(page.getByText("This phone texted STOP.")).toBeVisible();
  await expect(box(page)).toHaveValue("half a sentence");
  await page.getByRole("button", { name: "START" }).click();
  await expect(shown(page)).toContainText("You have successfully been re-subscribed");
  await expect(page.getByText("This phone texted STOP.")).toHaveCount(0);
});

test("hostile words stay words, and an empty reply says what to do", async ({ page, complaints }) => {
  complaints.allow(/422/);
  await open(page, "+16615550179");
  await box(page).fill("</textarea><script>document.title='gone'</script>");
  await page.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(shown(page)).toContainText("</textarea><script>");
  await expect(page).toHaveTitle("Training phone");
  // The text is on the screen before its press is answered; until then another press is the same one.
  await expect(box(page)).toHaveValue("");
  await page.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("The reply is empty.");
  await expect(page.getByRole("button", { name: /^Call/ }).first()).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("reply, STOP and a call are plain forms", async ({ page }) => {
    await open(page, "+16615550180");
    await box(page).fill("one\ntwo");
    await page.getByRole("button", { name: "Reply", exact: true }).click();
    await expect(shown(page)).toContainText("one");
    await page.getByRole("button", { name: "STOP" }).click();
    await expect(page.getByText("This phone texted STOP.")).toBeVisible();
    await page.getByRole("button", { name: /^Call/ }).click();
    await expect(shown(page).getByRole("heading", { name: /^Call to/ })).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 320]) {
    test(`axe finds nothing on the phone, and nothing scrolls sideways: ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await open(page, "+16615550181");
      await page.getByRole("button", { name: "HELP" }).click();
      await expect(shown(page)).toContainText("Reply STOP to unsubscribe.");
      await page.getByRole("button", { name: /^Call/ }).click();
      await expect(shown(page).getByRole("heading", { name: /^Call to/ }).first()).toBeVisible();
      await axe(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(over).toBeLessThanOrEqual(0);
    });
  }
}
