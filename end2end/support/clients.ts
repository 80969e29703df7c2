// Clients of a story's own, so that no story leans on another.

import { expect, type Page } from "@playwright/test";

/** A client as typed into the form. */
export interface Typed {
  name: string;
  cell?: string;
  okay?: boolean;
  caseNumber: string;
}

let made = 0;

/** A case number that no other story has. */
export function newCaseNumber(): string {
  made += 1;
  return `26-${process.pid}${String(made).padStart(3, "0")}`;
}

/** Types a client into the form that is open, without saving. */
export async function typeClient(page: Page, client: Typed): Promise<void> {
  await page.locator("#name").fill(client.name);
  await page.locator("#cell").fill(client.cell ?? "");
  await page.locator("#okay").setChecked(client.okay ?? true);
  await page.locator("#case_number").fill(client.caseNumber);
}

/** Adds a client with one case and leads to their page: its path. Somebody is signed in. */
export async function addClient(page: Page, client: Typed): Promise<string> {
  await page.goto("/clients/new");
  await typeClient(page, client);
  await page.getByRole("button", { name: "Save client" }).click();
  await expect(page.locator("h1")).toHaveText(client.name);
  return new URL(page.url()).pathname;
}
