import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { packageRoot } from "../package-root.ts";
import { freePort } from "./free-port.ts";
import { waitFor } from "./wait-for.ts";

/** The bot as its operator runs it: a process of its own, told everything by environment and server file. */
export interface BotProcess {
  readonly url: string;
  start(): Promise<void>;
  /** Another command of the bot with the same environment and server file, such as `doctor`, to its end. */
  call(name: string): Promise<{ readonly exitCode: number | null; readonly output: string }>;
  /** A second process with the same environment, server file and database, on a port of its own. */
  beside(): Promise<BotProcess>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
}

export interface BotProcessOptions {
  /** The address that it listens on. */
  readonly host: string;
  readonly port: number;
  readonly serverFile: string;
  readonly logFile: string;
  readonly environment: Readonly<Record<string, string>>;
}

const command = join(packageRoot, "lib/cli/main.js");

/** Prepares the bot's process; `start` resolves when it says that it is ready. */
export function createBotProcess(options: BotProcessOptions): BotProcess {
  const url = `http://${options.host}:${options.port}`;
  let child: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((done) => ending.once("exit", done));
    ending.kill(signal);
    await ended;
  }

  const env = { PATH: process.env["PATH"] ?? "", ...options.environment };
  return {
    url,
    async call(name) {
      const called = spawn(process.execPath, [command, name, "--config", options.serverFile], {
        stdio: ["ignore", "pipe", "pipe"],
        env,
      });
      const [stdout, stderr] = await Promise.all([text(called.stdout), text(called.stderr)]);
      if (called.exitCode === null && called.signalCode === null) await once(called, "exit");
      return { exitCode: called.exitCode, output: `${stdout}${stderr}` };
    },
    async start() {
      const log = openSync(options.logFile, "a");
      const started = spawn(process.execPath, [command, "serve", "--config", options.serverFile], {
        stdio: ["ignore", log, log],
        env,
      });
      child = started;
      await waitFor("the bot is ready", () => isReady(url, started, options.logFile), {
        timeoutMs: 30_000,
        everyMs: 50,
      });
    },
    async beside() {
      const port = await freePort(options.host);
      const environment = { ...options.environment, PORT: String(port) };
      return createBotProcess({ ...options, port, environment });
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

async function isReady(
  url: string,
  child: ChildProcess,
  logFile: string,
): Promise<true | undefined> {
  if (child.exitCode !== null)
    throw new Error(`the bot ended with exit code ${child.exitCode}; its log is ${logFile}`);
  const answer = await fetch(`${url}/readyz`);
  return answer.ok ? true : undefined;
}
