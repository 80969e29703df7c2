// What the pretend Twilio is told to do with a phone, and what it reports of a text.

import { expect } from "@playwright/test";
import type { App } from "./app.ts";
import { postWebhook } from "./twilio.ts";

/** Decides what becomes of the texts to a phone: `silent`, `held` until told otherwise,
 * `disorder`, `undelivered:30003`. */
export async function setFate(app: App, phoneNumber: string, fate: string): Promise<void> {
  const response = await fetch(`${app.url}/sim/control/fate`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ phone_number: phoneNumber, fate }),
  });
  expect(response.status).toBe(204);
}

/** Posts a report of a text as Twilio does, signed by Twilio's own package. */
export async function report(app: App, body: string, status: string): Promise<void> {
  const response = await fetch(`${app.url}/sim/control/ledger`);
  const ledger = (await response.json()) as { body: string; sid: string; status_callback: string }[];
  const text = ledger.find((entry) => entry.body === body);
  expect(text, `accepted: ${body}`).toBeDefined();
  const callback = new URL(text?.status_callback ?? "");
  const form = { MessageSid: text?.sid ?? "", MessageStatus: status };
  expect((await postWebhook(app, callback.pathname + callback.search, form)).status).toBe(204);
}
