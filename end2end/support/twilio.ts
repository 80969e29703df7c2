// Webhooks as Twilio sends them, signed by Twilio's own package.

import twilio from "twilio";
import type { App } from "./app.ts";

/** Posts a form to a webhook of the program, signed with the demo's Auth Token. */
export async function postWebhook(app: App, path: string, form: Record<string, string>): Promise<Response> {
  const url = `${app.url}${path}`;
  const fields = { AccountSid: app.twilio.accountSid, ...form };
  const signature = twilio.getExpectedTwilioSignature(app.twilio.authToken, url, fields);
  return post(url, fields, signature);
}

/** The same with a signature by somebody who doesn't have the Auth Token. */
export async function postForgedWebhook(
  app: App,
  path: string,
  form: Record<string, string>,
): Promise<Response> {
  const url = `${app.url}${path}`;
  const fields = { AccountSid: app.twilio.accountSid, ...form };
  return post(url, fields, twilio.getExpectedTwilioSignature("0".repeat(32), url, fields));
}

function post(url: string, fields: Record<string, string>, signature: string): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "x-twilio-signature": signature },
    // A way to the sign-in would be a wrong answer to Twilio, not one to follow.
    redirect: "manual",
  });
}
