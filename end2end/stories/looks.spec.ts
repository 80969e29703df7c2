// screens.md, axe on what opens over a page, and line 26. Line 35 stands in `focus`, lines 28 and 37 in `lists`.

import { compose, sendButton } from "../support/composer.ts";
import { axe, expect, hydrated, signIn, test } from "../support/page.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`line 1: axe finds nothing with an open picker, notes, an error summary and boxes, ${colorScheme}`, async ({ page, app, complaints }) => {
    complaints.allow(/422/);
    await page.emulateMedia({ colorScheme });
    const text = await compose(page, app, "25-1041205");
    await page.getByRole("combobox", { name: "Quick Entry" }).click();
    await expect(page.getByRole("listbox")).toBeVisible();
    await axe(page);
    await text.fill("It’s on [date] – 😀");
    await axe(page);
    await sendButton(page).click();
    await expect(page.getByRole("heading", { name: "There is a problem" })).toBeVisible();
    await axe(page);
    await page.getByText("Cancel/Close").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await axe(page);
    await page.getByRole("button", { name: "Go on writing" }).click();
    await text.fill(`For axe, ${colorScheme}`);
    await sendButton(page).click();
    await expect(page.getByRole("dialog")).toContainText("Message Sent!");
    await axe(page);
  });
}

test("line 26: the time of a text has its zone, and the exact moment in UTC is reached by keyboard", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/cases/25-1040417/texts");
  await hydrated(page);
  const when = page.getByRole("row").nth(1).locator("details.when");
  await expect(when.locator("time")).toHaveText(/ (AM|PM) P[SD]T$/);
  await expect(when.locator("time")).toHaveAttribute("datetime", /Z$/);
  await when.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(when.getByText(/UTC$/)).toBeVisible();
});

