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

/** A running program and what it printed until it was ready. */
export interface Running {
  /** Its address, without a slash at the end. */
  url: string;
  lines: string[];
  log(): string;
  stop(): Promise<void>;
}

/** Starts `oktext demo` on a free port; `env` and `flags` are added to its own. */
export async function startApp(flags: string[] = [], env: Record<string, string> = {}): Promise<App> {
  const running = await startProgram(["demo", ...flags], env);
  const [email = "", password = ""] = after(running, "sign in: ");
  return { ...running, email, password, twilio: account(running) };
}

/** The pretend account that a program printed. */
export function account(running: Running): App["twilio"] {
  const [accountSid = "", authToken = "", number = ""] = after(running, "twilio: ");
  return { accountSid, authToken, number };
}

function after(running: Running, start: string): string[] {
  const line = running.lines.find((each) => each.startsWith(start)) ?? start;
  return line.slice(start.length).split(" ");
}

/** Starts the program on a free port with its data in a folder of its own, and waits until it is ready. */
export async function startProgram(args: string[], env: Record<string, string> = {}): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), "oktext-story-"));
  const own = ["--listen", "127.0.0.1:0", ...(args[0] === "sim" ? [] : ["--data-dir", folder])];
  const child = spawn(programPath(), [...args, ...own], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (part) => (log += part));
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const lines = await linesUntilReady(child, () => log);
    const url = (lines.at(-1) ?? "").slice("ready ".length).replace(/\/$/, "");
    return { url, lines, log: () => log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export function programPath(): string {
  const path = process.env.OKTEXT_BIN;
  if (!path) throw new Error("OKTEXT_BIN names no program: run the stories by `cargo xtask test`.");
  return path;
}

/** Reads what is printed, last `ready http://…`. */
function linesUntilReady(child: ChildProcess, log: () => string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const fail = (what: string) => reject(new Error(`${what}\n${log()}`));
    const timer = setTimeout(() => fail("The program did not get ready."), START_LIMIT_MS);
    child.once("error", (error) => fail(`The program did not start: ${error.message}`));
    child.once("exit", (code) => fail(`The program ended (${code}) before it was ready.`));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      lines.push(line);
      if (!line.startsWith("ready ")) return;
      clearTimeout(timer);
      child.removeAllListeners("exit");
      resolve(lines);
    });
  });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}
