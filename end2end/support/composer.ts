// The composer as a person finds it.

import { expect, type Locator, type Page } from "@playwright/test";
import type { App } from "./app.ts";
import { visit } from "./page.ts";

/** Opens the composer of a case and waits until its own program runs. */
export async function compose(page: Page, app: App, number: string): Promise<Locator> {
  await visit(page, app, `/cases/${number}/text`);
  // Another story may have left a draft here.
  await textBox(page).fill("");
  return textBox(page);
}

export function textBox(page: Page): Locator {
  return page.locator("textarea[name=body]");
}

export function sendButton(page: Page): Locator {
  return page.getByRole("button", { name: /^Send Message/ });
}

/** What the pretend Twilio accepted with this body: the oracle. */
export async function accepted(app: App, body: string): Promise<number> {
  const response = await fetch(`${app.url}/sim/control/ledger`);
  const ledger = (await response.json()) as { body: string }[];
  return ledger.filter((entry) => entry.body === body).length;
}

/** Waits until the draft is on the server. */
export async function draftSaved(page: Page): Promise<void> {
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
}
