// What the stories import: `test` with a fresh program per worker and a page that fails its story
// on anything the browser complains about.

import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, type ConsoleMessage, type Cookie, type Page, expect, test as base } from "@playwright/test";
import { type App, startApp } from "./app.ts";
import { addressOf } from "./pages.ts";

/** Complaints a story expects, such as the browser's line about a refused form (422). */
export interface Complaints {
  allow(expected: RegExp): void;
  /** Listens in another context too, such as a second person's browser. */
  watch(context: BrowserContext): void;
}

interface StoryFixtures {
  complaints: Complaints;
}

interface WorkerFixtures {
  /** Flags for the program of this worker: `test.use({ appFlags: […] })`. */
  appFlags: string[];
  app: App;
}

export const test = base.extend<StoryFixtures, WorkerFixtures>({
  appFlags: [[], { option: true, scope: "worker" }],

  app: [
    async ({ appFlags }, use) => {
      const app = await startApp(appFlags);
      await use(app);
      await app.stop();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ app }, use) => use(app.url),

  complaints: [
    async ({ context }, use) => {
      const seen: string[] = [];
      const allowed: RegExp[] = [];
      const watch = (each: BrowserContext) => {
        each.on("console", (message) => {
          if (isComplaint(message)) seen.push(`${message.type()}: ${message.text()}`);
        });
        each.on("weberror", (error) => seen.push(`uncaught: ${error.error().message}`));
      };
      watch(context);
      await use({ allow: (expected) => void allowed.push(expected), watch });
      const unexpected = seen.filter((line) => !allowed.some((expected) => expected.test(line)));
      expect(unexpected, "what the browser complained about").toEqual([]);
    },
    // In every story, also in those that don't ask for it.
    { auto: true },
  ],
});

export { expect };

function isComplaint(message: ConsoleMessage): boolean {
  // Without scripts nobody uses the WASM that the head announced: no fault of the page.
  if (message.text().includes("was preloaded using link preload but not used")) return false;
  return message.type() === "error" || message.type() === "warning";
}

/** Sessions of this worker, by program and person: signing in is throttled, and each story would try again. */
const sessions = new Map<string, Cookie[]>();

/** Signs in as the demo's administrator, by a session of an earlier story if that still lives. */
export async function signIn(page: Page, app: App): Promise<void> {
  await signedInAt(page, app, "/");
}

/** Opens a page as the demo's administrator, and waits until its program runs. */
export async function visit(page: Page, app: App, path: string): Promise<void> {
  await signedInAt(page, app, path);
  await hydrated(page);
}

async function signedInAt(page: Page, app: App, path: string): Promise<void> {
  const whose = `${app.url} ${app.email}`;
  const kept = sessions.get(whose);
  if (kept) {
    await page.context().addCookies(kept);
    await page.goto(await addressOf(page, path));
    if (!page.url().includes("/login")) return;
  }
  await signInByForm(page, app);
  sessions.set(whose, await page.context().cookies());
  if (path !== "/") await page.goto(await addressOf(page, path));
}

/** Signs in as the demo's administrator, by the form. */
export async function signInByForm(page: Page, app: App): Promise<void> {
  await page.goto("/login");
  await page.locator('input[name="email"]').fill(app.email);
  await page.locator('input[name="password"]').fill(app.password);
  await page.locator('form:has(input[name="password"]) button').click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** Waits until the page's own program runs, where a story is about what it does. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset["hydrated"] !== undefined);
}

/** No violation of WCAG 2.2 A and AA that axe can see; of these rules only, where some are named. */
export async function axe(page: Page, rules: string[] = []): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const builder = new AxeBuilder({ page });
  const { violations } = await (rules.length ? builder.withRules(rules) : builder.withTags(tags)).analyze();
  const told = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map((node) => node.target.join(" ")),
  }));
  expect(told, "what axe found").toEqual([]);
}
