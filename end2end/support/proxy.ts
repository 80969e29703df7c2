// A proxy before the program, as an office may have one: harmless, or harmful in one of the ways that proxies are.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Harm = "none" | "path" | "signature" | "body" | "redirect" | "other";

export interface Proxy {
  url: string;
  /** Where the program is. */
  target: string;
  harm: Harm;
  stop(): Promise<void>;
}

/** Starts one on a free port. */
export async function startProxy(): Promise<Proxy> {
  const server = createServer((request, response) => void pass(proxy, request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const proxy: Proxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: "",
    harm: "none",
    stop: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

async function pass({ target, harm }: Proxy, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (harm === "redirect") return void response.writeHead(301, { location: "https://elsewhere.example/" }).end();
  if (harm === "other") return void response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const path = harm === "path" ? `/office${request.url}` : request.url;
  const body = Buffer.concat(parts).toString();
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => !["host", "connection", "content-length", "transfer-encoding"].includes(name))
      .filter(([name]) => !(harm === "signature" && name === "x-twilio-signature"))
      .map(([name, value]) => [name, String(value)]),
  );
  const answer = await fetch(`${target}${path}`, {
    method: request.method ?? "GET",
    headers,
    ...(body === "" ? {} : { body: harm === "body" ? body.replace("%26", "and") : body }),
    redirect: "manual",
  });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
