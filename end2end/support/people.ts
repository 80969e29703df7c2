// The people of the demo, each with a browser of their own.

import { type Browser, type BrowserContext, type Page } from "@playwright/test";
import type { App } from "./app.ts";
import { type Complaints, signIn, visit } from "./page.ts";

export const LUIS = "luis@cedarvalley.example";
/** Administrator of the office next door. */
export const NORA = "nora@riverside.example";
/** Of the host of both. */
export const HAL = "hal@host.example";

/** The number at the pretend Twilio of the office next door. */
export const RIVERSIDE = "+13125550110";

/** A second person at a computer of their own, not signed in; the story closes the context. */
export async function elsewhere(browser: Browser, app: App, complaints: Complaints): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: app.url });
  complaints.watch(context);
  return { context, page: await context.newPage() };
}

/** The same, signed in. */
export async function person(browser: Browser, app: App, complaints: Complaints, email: string): Promise<{ context: BrowserContext; page: Page }> {
  const there = await elsewhere(browser, app, complaints);
  await signIn(there.page, { ...app, email });
  return there;
}

/** Opens a page as somebody of the host. */
export async function visitAsHost(page: Page, app: App, path = "/host"): Promise<void> {
  await visit(page, { ...app, email: HAL }, path);
}

/** The administrator invites somebody: the path of the link. */
export async function invited(page: Page, email: string, role = "staff"): Promise<string> {
  await page.goto("/admin/staff");
  await page.locator("#email").fill(email);
  await page.locator("#role").selectOption(role);
  await page.getByRole("button", { name: "Make the invitation link" }).click();
  return linkShown(page);
}

/** The path of the link that a page shows once. */
export async function linkShown(page: Page): Promise<string> {
  return new URL(await page.locator("#link").inputValue()).pathname;
}

/** Whoever has the link joins by it. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.locator("#name").fill(name);
  await page.locator("#password").fill("a long enough password");
  await page.getByRole("button", { name: "Join and sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/invite"));
}
