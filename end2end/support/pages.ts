// Every page of somebody who is signed in, in the states that a link leads to. A new page goes into this list.

import type { Page } from "@playwright/test";

/** `{client}` stands for whom the case 25-1040417 belongs to. */
export const PAGES = [
  "/",
  "/?q=nobody",
  "/?okay=no&sort=last",
  "/clients/new",
  "/clients/{client}",
  "/clients/{client}/edit",
  "/cases/25-1040417",
  "/cases/25-1040417/text",
  "/cases/25-1040417/texts",
  "/cases/25-1041466/text",
  "/reviews",
  "/unclear",
  "/admin/opt-outs",
  "/admin/incoming",
  "/admin/staff",
  "/admin/setup",
  "/admin/setup/tables/quick-entries",
  "/admin/texting",
  "/admin/texting/account",
  "/admin/texting/number",
  "/admin/texting/responses",
  "/admin/texting/address",
  "/admin/texting/connect",
  "/admin/texting/test",
  "/admin/texting/by-hand",
];

/** Where such a page is in this program: each demo gives its clients ids of their own. Somebody is signed in. */
export async function addressOf(page: Page, path: string): Promise<string> {
  if (!path.includes("{client}")) return path;
  const html = await (await page.request.get("/cases/25-1040417")).text();
  const [, client] = /href="\/clients\/([0-9a-f-]{36})/.exec(html) ?? [];
  if (!client) throw new Error("The page of the case leads to no client.");
  return path.replace("{client}", client);
}
