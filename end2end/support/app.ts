// A fresh Oktext for each worker: the real program with the simulator in it, on a free port,
// with its data in a temporary folder. It ends with the worker and leaves nothing behind.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A running demo and what it printed at its start. */
export interface App {
  /** Its address, without a slash at the end. */
  url: string;
  /** The sign-in of the demo's administrator. */
  email: string;
  password: string;
  /** The pretend Twilio account, for signing webhooks. */
  twilio: { accountSid: string; authToken: string; number: string };
  /** The program's log so far. */
  log(): string;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 5_000;

/** Starts `oktext demo` on a free port; `env` and `flags` are added to its own. */
export async function startApp(flags: string[] = [], env: Record<string, string> = {}): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), "oktext-story-"));
  const child = spawn(
    programPath(),
    ["demo", "--listen", "127.0.0.1:0", "--data-dir", folder, ...flags],
    { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let log = "";
  child.stderr.on("data", (part) => (log += part));
  try {
    const said = await linesUntilReady(child, () => log);
    const stop = async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    };
    return { ...said, log: () => log, stop };
  } catch (error) {
    await end(child);
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function programPath(): string {
  const path = process.env.OKTEXT_BIN;
  if (!path) throw new Error("OKTEXT_BIN names no program: run the stories by `cargo xtask test`.");
  return path;
}

type Said = Pick<App, "url" | "email" | "password" | "twilio">;

/** Reads `sign in: EMAIL PASSWORD`, `twilio: SID TOKEN NUMBER` and last `ready http://…`. */
function linesUntilReady(child: ChildProcess, log: () => string): Promise<Said> {
  return new Promise((resolve, reject) => {
    const said = new Map<string, string>();
    const fail = (what: string) => reject(new Error(`${what}\n${log()}`));
    const timer = setTimeout(() => fail("The demo did not get ready."), START_LIMIT_MS);
    child.once("error", (error) => fail(`The demo did not start: ${error.message}`));
    child.once("exit", (code) => fail(`The demo ended (${code}) before it was ready.`));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const [, key, value] = /^(sign in:|twilio:|ready) (.+)$/.exec(line) ?? [];
      if (!key || !value) return;
      said.set(key, value);
      if (key !== "ready") return;
      clearTimeout(timer);
      child.removeAllListeners("exit");
      resolve(read(said));
    });
  });
}

function read(said: Map<string, string>): Said {
  const words = (key: string) => (said.get(key) ?? "").split(" ");
  const [email = "", password = ""] = words("sign in:");
  const [accountSid = "", authToken = "", number = ""] = words("twilio:");
  const url = (said.get("ready") ?? "").replace(/\/$/, "");
  return { url, email, password, twilio: { accountSid, authToken, number } };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}
