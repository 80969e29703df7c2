// screens.md, lines 28 and 37: lists and their tables, in every state.

import { type Page } from "@playwright/test";
import { startFresh } from "../support/fresh.ts";
import { addClient, newCaseNumber } from "../support/clients.ts";
import { axe, expect, hydrated, signIn, test } from "../support/page.ts";

const LUIS = "luis@cedarvalley.example";
const QUICK_ENTRIES = "/admin/setup/tables/quick-entries";

for (const path of ["/", "/?sort=last", "/?okay=yes", "/cases/25-1040417/texts", QUICK_ENTRIES]) {
  test(`line 28: the table of ${path} has a caption, heads with scope, and at most one that tells the order`, async ({ page, app }) => {
    await signIn(page, app);
    await page.goto(path);
    const table = page.getByRole("table").first();
    await expect(table.locator("caption")).toHaveText(/\S/);
    await expect(table.locator("thead th")).not.toHaveCount(0);
    await expect(table.locator("thead th:not([scope=col])")).toHaveCount(0);
    await expect(table.locator("tbody th:not([scope=row])")).toHaveCount(0);
    await expect(table.locator("tbody tr:not(:has(th[scope=row]))")).toHaveCount(0);
    await expect(table.locator("[aria-sort]")).toHaveCount(path === QUICK_ENTRIES ? 0 : 1);
  });
}

function names(page: Page): Promise<string[]> {
  return page.getByRole("table").getByRole("rowheader").locator("bdi").allTextContents();
}

function sortedHead(page: Page) {
  return page.locator("thead [aria-sort]");
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("line 28: order and choice of clients stand in the address, and Reload, Back and a search keep them", async ({ page, app }) => {
      await signIn(page, app);
      await page.goto("/");
      if (javaScriptEnabled) await hydrated(page);
      await expect(sortedHead(page)).toHaveAttribute("aria-sort", "ascending");
      const byName = await names(page);
      await page.getByRole("columnheader").getByRole("link", { name: "Last text" }).click();
      await expect(page).toHaveURL(/\?sort=last$/);
      await expect(sortedHead(page)).toHaveAttribute("aria-sort", "descending");
      await expect(sortedHead(page)).toContainText("Last text");
      await expect.poll(() => names(page)).not.toEqual(byName);
      const choice = page.getByRole("navigation", { name: "Who is shown" });
      await choice.getByRole("link", { name: "Not okay to text" }).click();
      await expect(page).toHaveURL(/okay=no/);
      await expect(page).toHaveURL(/sort=last/);
      await expect(choice.locator("[aria-current]")).toHaveText("Not okay to text");
      await expect(page.getByRole("row").filter({ hasText: "Thuy Nguyen" })).toHaveCount(0);
      const rows = page.getByRole("row").filter({ has: page.getByRole("cell") });
      await expect(rows.filter({ hasText: "Not okay to text" })).toHaveCount(await rows.count());
      await page.getByRole("searchbox").fill("linda");
      await page.getByRole("searchbox").press("Enter");
      await expect(page).toHaveURL(/q=linda/);
      await expect(page).toHaveURL(/okay=no/);
      await expect.poll(() => names(page)).toEqual(["Linda Kowalski"]);
      await page.reload();
      await expect(choice.locator("[aria-current]")).toHaveText("Not okay to text");
      await expect(page.getByRole("searchbox")).toHaveValue("linda");
      await choice.getByRole("link", { name: "All" }).click();
      await expect(page).not.toHaveURL(/okay=/);
      await page.goBack();
      await expect(choice.locator("[aria-current]")).toHaveText("Not okay to text");
    });
  });
}

test("line 28: a head that was pressed by keyboard keeps the focus, and the new list is announced", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/?okay=yes");
  await hydrated(page);
  const head = page.getByRole("columnheader").getByRole("link", { name: "Last text" });
  await head.focus();
  await page.keyboard.press("Enter");
  await expect(sortedHead(page)).toContainText("Last text");
  await expect(head).toBeFocused();
  await expect(page.getByRole("table")).toHaveAccessibleName("Clients who may be texted, newest text first");
  await expect(page.getByRole("status").filter({ hasText: /clients/ })).toBeAttached();
});

test("line 28: pages of the list follow its order, without gaps and doubles", async ({ page, app }) => {
  test.setTimeout(90_000);
  await signIn(page, app);
  // Last in the list, so that the others stay on its first page.
  for (let n = 0; n < 52; n++) {
    const form = { name: `Zoe Paged ${String(n).padStart(2, "0")}`, cell: "", language: "en", zone: "", case_number: newCaseNumber() };
    const made = await page.request.post("/clients/new", { form, maxRedirects: 0 });
    expect(made.status()).toBe(303);
  }
  for (const sort of ["", "&sort=last"]) {
    await page.goto(`/?q=paged${sort}`);
    await hydrated(page);
    const first = await names(page);
    expect(first).toHaveLength(50);
    await page.getByRole("link", { name: "More clients" }).click();
    await expect(page).toHaveURL(/after=/);
    await expect.poll(() => names(page)).toHaveLength(2);
    await expect(page.locator("h1")).toBeFocused();
    expect(new Set([...first, ...(await names(page))]).size).toBe(52);
  }
});

test("line 37: an office that was just made says on each list what it is for, and what to do first", async ({ page, complaints }) => {
  test.setTimeout(60_000);
  complaints.allow(/422/);
  const office = await startFresh();
  try {
    await page.goto(`${office.url}/`);
    await expect(page).toHaveURL(/\/first$/);
    await hydrated(page);
    await axe(page);
    await page.getByLabel("Setup token").fill(office.token);
    await page.getByLabel("Name of the office").fill("Harbor Legal Aid");
    await page.getByLabel("Your name").fill("Ada");
    await page.getByLabel("E-mail address").fill("ada@harbor.example");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Create and sign in" }).click();
    await expect(page).toHaveURL(/\/admin\/setup$/);
    await page.goto(`${office.url}/`);
    await expect(page.getByRole("heading", { name: "No clients yet" })).toBeVisible();
    await hydrated(page);
    await axe(page);
    await page.goto(`${office.url}${QUICK_ENTRIES}`);
    await expect(page.getByRole("heading", { name: "No quick entries yet" })).toBeVisible();
    await page.goto(`${office.url}/`);
    await hydrated(page);
    await page.getByRole("main").getByRole("link", { name: "Add a client" }).last().click();
    await expect(page.locator("h1")).toHaveText("Add a client");
  } finally {
    await office.stop();
  }
});

test("line 37: a search without a result says what was looked for, keeps the choice, and leads back to all", async ({ page, app }) => {
  await signIn(page, app);
  await page.goto("/?q=nobody&okay=yes");
  await hydrated(page);
  await expect(page.getByRole("heading", { name: "No client who may be texted is found for “nobody”" })).toBeVisible();
  await expect(page.getByRole("searchbox")).toHaveValue("nobody");
  await page.getByRole("navigation", { name: "Who is shown" }).getByRole("link", { name: "All" }).click();
  await expect(page.getByRole("heading", { name: "No client found for “nobody”" })).toBeVisible();
  await page.getByRole("link", { name: "Show all clients" }).click();
  // The first of the list, however many clients other stories have added.
  await expect(page.getByRole("link", { name: "Aaliyah Johnson" })).toBeVisible();
});

test("line 37: a case without texts says what will stand there, and leads to the first one", async ({ page, app }) => {
  await signIn(page, app);
  const caseNumber = newCaseNumber();
  await addClient(page, { name: "No Texts", cell: "(661) 555-0189", caseNumber });
  await page.goto(`/cases/${caseNumber}/texts`);
  await expect(page.getByRole("heading", { name: "No texts yet" })).toBeVisible();
  await page.goto(`/cases/${caseNumber}/text`);
  await expect(page.getByText("No text has gone to this client on this case yet.")).toBeVisible();
});

/** Each list: from where, by which link, what it asks the server, and what it shows. */
const LISTS = [
  { list: "clients", from: "/clients/new", link: "Clients", asks: "load_clients", shows: "Aaliyah Johnson" },
  { list: "texts", from: "/cases/25-1040417", link: /^Texts/, asks: "load_texts", shows: "Please call us about your hearing." },
  { list: "quick entries", from: "/admin/setup", link: /Quick Entry/, asks: "load_quick_entries", shows: "Please call us" },
];

for (const { list, from, link, asks, shows } of LISTS) {
  test(`line 37: while ${list} are on their way, the page says that it loads`, async ({ page, app }) => {
    await signIn(page, app);
    await page.goto(from);
    await hydrated(page);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(`**/api/${asks}`, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole("link", { name: link }).first().click();
    await expect(page.getByRole("status").filter({ hasText: "Loading" })).toBeVisible();
    release();
    await expect(page.getByText(shows).first()).toBeVisible();
    await expect(page.getByText("Loading")).toHaveCount(0);
  });

  test(`line 37: when ${list} cannot be had, the page says why, and trying again brings them`, async ({ page, app, complaints }) => {
    complaints.allow(/Failed to load resource|ERR_/);
    await signIn(page, app);
    await page.goto(from);
    await hydrated(page);
    await page.route(`**/api/${asks}`, (route) => route.abort("connectionrefused"));
    await page.getByRole("link", { name: link }).first().click();
    await expect(page.getByRole("heading", { name: "Not available right now" })).toBeVisible();
    await expect(page.getByText("The server cannot be reached. Check your connection, and try again.")).toBeVisible();
    await expect(page.locator("h1")).toHaveCount(1);
    await page.unroute(`**/api/${asks}`);
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByText(shows).first()).toBeVisible();
  });
}

test("line 37: trying again keeps what was searched for, chosen and ordered", async ({ page, app, complaints }) => {
  complaints.allow(/Failed to load resource|ERR_/);
  await signIn(page, app);
  await page.goto("/?q=linda&okay=no");
  await hydrated(page);
  await page.route("**/api/load_clients", (route) => route.abort("connectionrefused"));
  await page.getByRole("columnheader").getByRole("link", { name: "Last text" }).click();
  const again = page.getByRole("link", { name: "Try again" });
  await expect(again).toHaveAttribute("href", /^\/\?(?=.*q=linda)(?=.*okay=no)(?=.*sort=last)/);
  await expect(page.getByRole("searchbox")).toHaveValue("linda");
  await page.unroute("**/api/load_clients");
  await again.click();
  await expect.poll(() => names(page)).toEqual(["Linda Kowalski"]);
  await expect(sortedHead(page)).toContainText("Last text");
});

test("line 37: who may not see a list is told so, and led to one they may see", async ({ page, app, complaints }) => {
  complaints.allow(/403/);
  await signIn(page, { ...app, email: LUIS });
  await page.goto(QUICK_ENTRIES);
  await hydrated(page);
  await expect(page.getByRole("heading", { name: "This is for administrators", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Clients" }).last().click();
  await expect(page.getByRole("link", { name: "Aaliyah Johnson" })).toBeVisible();
});
