// The clients' phones: what they text and call, by the simulator's control API.

import type { App } from "./app.ts";

/** What came of a text or call from a phone. */
export interface Exchange {
  sid: string;
  posts: { url: string; status: number | null; error_code: number | null }[];
  replies: string[];
  confirmation: string | null;
  said: { text: string; language: string | null }[];
  error_code: number | null;
}

/** Asks the simulator's control API. */
export async function control(app: App, what: string, body: object): Promise<Response> {
  return fetch(`${app.url}/sim/control/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** The phone texts the office's number. */
export async function phoneTexts(app: App, from: string, body: string, more: object = {}): Promise<Exchange> {
  const answer = await control(app, "text", { from, to: app.twilio.number, body, ...more });
  if (!answer.ok) throw new Error(`The simulator answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Exchange;
}

/** The phone calls the office's number. */
export async function phoneCalls(app: App, from: string): Promise<Exchange> {
  const answer = await control(app, "call", { from, to: app.twilio.number });
  if (!answer.ok) throw new Error(`The simulator answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Exchange;
}
