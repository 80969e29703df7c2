// screens.md, axe on what opens over a page, and line 26. Lines 28 and 37 stand in `lists`, line 35 in `page-by-page`.

import { setFate } from "../support/carrier.ts";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { compose, sendButton } from "../support/composer.ts";
import { lostInForcedColors, toldByColorAlone } from "../support/forced.ts";
import { looks } from "../support/looks.ts";
import { expect, hydrated, signIn, test } from "../support/page.ts";

test("line 1: axe finds nothing with an open picker, notes, an error summary and boxes, light and dark, at 1280 and 320 px", async ({ page, app, complaints }) => {
  complaints.allow(/422/);
  const text = await compose(page, app, "25-1041205");
  await page.getByRole("combobox", { name: "Quick Entry" }).click();
  await looks(page);
  await expect(page.getByRole("listbox"), "open all the time").toBeVisible();
  await text.fill("It’s on [date] – 😀");
  await looks(page);
  await sendButton(page).click();
  await expect(page.getByRole("heading", { name: "There is a problem" })).toBeVisible();
  await looks(page);
  await page.getByText("Cancel/Close").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await looks(page);
  await page.getByRole("button", { name: "Go on writing" }).click();
  await text.fill("For axe.");
  await sendButton(page).click();
  await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  await looks(page);
});

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

test("line 26: a row read aloud has when, what, to which number, by whom, and the status in words; a failure its reason and next step", async ({ page, app }) => {
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  await addClient(page, { name: "Rowena Read", cell: "(661) 555-0161", caseNumber });
  for (const [body, fate] of [["Arrives.", "delivered"], ["Is lost.", "undelivered:30003"]] as const) {
    await setFate(app, "+16615550161", fate);
    const text = await compose(page, app, caseNumber);
    await text.fill(body);
    await sendButton(page).click();
    await expect(page.getByRole("dialog")).toContainText("Message Sent!");
  }
  await page.goto(`/cases/${caseNumber}/texts`);
  await hydrated(page);
  const to = String.raw`Dana Whitfield \(661\) 555-0161`;
  const arrived = page.getByRole("row", { name: new RegExp(`^Arrives\\. ${to} Delivered`) });
  const lost = page.getByRole("row", { name: new RegExp(`^Is lost\\. ${to} Not delivered`) });
  for (const row of [arrived, lost]) {
    // First of all the time with its zone: it heads the row.
    await expect(row.getByRole("rowheader")).toHaveText(/^Today, \d{1,2}:\d\d [AP]M P[SD]T/);
  }
  await expect(lost).toHaveAccessibleName(/Try again later, or call.*30003/);
});

test("line 26: what a color tells is told by word and shape too, and stands out in the colors that a person chose", async ({ page, app, complaints }, info) => {
  test.setTimeout(90_000);
  complaints.allow(/422/);
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  await addClient(page, { name: "Connor Trast", cell: "(661) 555-0162", caseNumber });
  for (const [body, fate] of [["Arrives.", "delivered"], ["Is lost.", "undelivered:30007"], ["Is refused.", "refused:21614"], ["Is silent.", "silent"]] as const) {
    await setFate(app, "+16615550162", fate);
    const text = await compose(page, app, caseNumber);
    await text.fill(body);
    await sendButton(page).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.getByRole("dialog").getByText("Ok", { exact: true }).click();
    await text.fill("");
  }
  const look = async (name: string) => {
    expect.soft(await toldByColorAlone(page), name).toEqual([]);
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    expect.soft(await lostInForcedColors(page), name).toEqual([]);
    await info.attach(name, { body: await page.screenshot(), contentType: "image/png" });
    await page.emulateMedia({ forcedColors: "none" });
  };
  const edited = page.getByRole("rowheader").getByRole("link", { name: /^Edit / }).first();
  for (const path of ["/?okay=no", `/cases/${caseNumber}`, `/cases/${caseNumber}/texts`, "/cases/25-1037754", "/reviews", "/admin/texting", "/admin/setup/tables/quick-entries", "/admin/staff"]) {
    await page.goto(path);
    await hydrated(page);
    if (await edited.count()) {
      await edited.click();
      await expect(page.locator(".row-open")).toBeVisible();
    }
    if (path.endsWith("/texts")) await expect(page.locator(".row-bad")).toHaveCount(2);
    await look(path);
  }
  await page.goto("/clients/new");
  await page.getByRole("button", { name: "Save client" }).click();
  await expect(page.getByRole("heading", { name: "There is a problem" })).toBeVisible();
  await look("/clients/new with errors");
  const text = await compose(page, app, caseNumber);
  await text.fill("It’s on [date] – 😀");
  await sendButton(page).click();
  await expect(page.getByRole("heading", { name: "There is a problem" })).toBeVisible();
  await look("the composer with notes and an error");
});

test("line 39: a box holds the focus, begins at what harms least, ends by Escape, and gives the focus back", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041410");
  await text.pressSequentially("Not sent yet");
  const opener = page.getByRole("link", { name: "Cancel/Close" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const box = page.getByRole("dialog");
  await expect(box).toHaveAccessibleName(/\S/);
  expect(await box.evaluate((dialog) => dialog.matches(":modal")), "nothing behind it can be reached").toBe(true);
  const stay = box.getByRole("button", { name: "Go on writing" });
  await expect(stay).toBeFocused();
  const stops: boolean[] = [];
  for (let stop = 0; stop < 8; stop++) {
    await page.keyboard.press("Tab");
    // Between the last and the first stop the browser's own controls may have the focus, never the page behind.
    stops.push(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null));
  }
  expect(stops).not.toContain(false);
  await page.keyboard.press("Escape");
  await expect(box).toHaveCount(0);
  await expect(opener).toBeFocused();
  await expect(text).toHaveValue("Not sent yet");
  await page.keyboard.press("Enter");
  // What destroys says what, and is not what a hasty Enter presses.
  await expect(box.getByRole("button", { name: "Throw the draft away" })).toBeVisible();
  await expect(stay).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text).toBeFocused();
  await text.fill("");
});

test("line 39: the box that tells of a sent text begins at Ok, and gives the focus back to the text", async ({ page, app }) => {
  const text = await compose(page, app, "25-1041410");
  await text.fill("Told by a box.");
  await sendButton(page).click();
  const box = page.getByRole("dialog", { name: /^Message Sent!/ });
  const ok = box.getByRole("button", { name: "Ok" });
  await expect(ok).toBeFocused();
  expect(await box.evaluate((dialog) => dialog.matches(":modal"))).toBe(true);
  await page.keyboard.press("Escape");
  await expect(box).toHaveCount(0);
  await expect(text).toBeFocused();
  await expect(text).toHaveValue("");
});

test("line 39: what takes something away names it", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/admin/setup/tables/quick-entries");
  for (const archive of await page.getByRole("button", { name: /^Archive/ }).all()) {
    await expect(archive).toHaveAccessibleName(/^Archive \S/);
  }
  await page.goto("/admin/staff");
  await hydrated(page);
  await page.getByRole("link", { name: "Edit Luis Ortiz" }).click();
  await expect(page.getByRole("button", { name: "Disable Luis Ortiz" })).toBeVisible();
});
