// screens.md, "Looks", "Texts and status", and axe on what opens over a page.

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

test("line 28: the table of texts has a caption, headers with scope, and one that tells the order", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/cases/25-1040417/texts");
  const table = page.getByRole("table", { name: "Texts on case 25-1040417, newest first" });
  await expect(table).toBeVisible();
  await expect(table.locator("thead th:not([scope=col])")).toHaveCount(0);
  await expect(table.locator("tbody th:not([scope=row])")).toHaveCount(0);
  await expect(table.locator("[aria-sort]")).toHaveCount(1);
});

test("line 29: at 320 by 256 the table of texts still has its roles", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await signIn(page, app);
  await page.goto("/cases/25-1040417/texts");
  const row = page.getByRole("row").filter({ hasText: "Please call us about your hearing." });
  await expect(row.getByRole("rowheader")).toHaveCount(1);
  await expect(row.getByRole("cell").first()).toBeVisible();
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

const STOPS = 30;
for (const path of ["/", "/cases/25-1041205/text", "/cases/25-1040417/texts", "/admin/texting"]) {
  test(`line 35: on ${path} each stop of Tab is seen, has a ring, and is not hidden under sticky parts`, async ({ page, app }) => {
    await page.setViewportSize({ width: 1280, height: 500 });
    await signIn(page, app);
    await page.goto(path);
    await hydrated(page);
    for (let stop = 0; stop < STOPS; stop++) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return null;
        const box = at.getBoundingClientRect();
        const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 10));
        const ring = (each: Element | null): boolean =>
          each !== null && (getComputedStyle(each).outlineStyle !== "none" || ring(each.parentElement));
        return {
          what: at.outerHTML.slice(0, 120),
          uncovered: middle !== null && (at.contains(middle) || middle.contains(at) || at.parentElement === middle.parentElement),
          ringed: ring(at),
        };
      });
      if (!found) break;
      expect(found).toEqual({ what: found.what, uncovered: true, ringed: true });
    }
  });
}

test("line 35: what is pressed is at least 24 by 24, or stands in a line of text", async ({ page, app }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, app);
  for (const path of ["/", "/cases/25-1041205/text", "/cases/25-1040417/texts", "/admin/setup/tables/quick-entries"]) {
    await page.goto(path);
    await hydrated(page);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, .btn, input:not([type=hidden]), select, summary")]
        .map((each) => (each.closest("label") ?? each))
        .filter((each) => each.checkVisibility())
        .map((each) => ({ what: each.outerHTML.slice(0, 100), box: each.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 24 || box.height < 24)
        .map(({ what }) => what),
    );
    expect(small, path).toEqual([]);
  }
});

test("line 35: text at 200 % and wider spacing cut nothing off sideways", async ({ page, app }) => {
  await page.setViewportSize({ width: 640, height: 800 });
  await signIn(page, app);
  for (const path of ["/", "/cases/25-1041205", "/cases/25-1041205/text", "/cases/25-1040417/texts"]) {
    await page.goto(path);
    await hydrated(page);
    const over = await page.evaluate(() => {
      const style = document.documentElement.style;
      style.fontSize = "200%";
      style.lineHeight = "1.5";
      style.letterSpacing = "0.12em";
      style.wordSpacing = "0.16em";
      return document.documentElement.scrollWidth - document.documentElement.clientWidth;
    });
    expect(over, path).toBeLessThanOrEqual(0);
  }
});
