import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, closeSync } from "node:fs";
import { join } from "node:path";

export interface ProcessOptions {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The programs of one cluster; each writes a log of its own, and all end together. */
export interface Processes {
  readonly logs: string;
  start(name: string, options: ProcessOptions): ChildProcess;
  close(): Promise<void>;
}

/** Before a command: it ends when this process does, however that ends, and whatever it makes of other signals. */
export const boundToParent = ["setpriv", "--pdeathsig", "KILL"];

/** Keeps the programs that are started, so that none outlives the cluster. */
export function createProcesses(logs: string): Processes {
  mkdirSync(logs, { recursive: true });
  const running: ChildProcess[] = [];
  let closing = false;
  return {
    logs,
    start(name, { argv, env = {} }) {
      const [command = "", ...args] = argv;
      const log = openSync(join(logs, `${name}.log`), "a");
      const child = spawn(command, args, {
        stdio: ["ignore", log, log],
        env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "/", ...env },
      });
      closeSync(log);
      child.once("error", (error) => process.stderr.write(`${name}: ${error.message}\n`));
      child.once("exit", (code, signal) => {
        if (!closing && !child.killed)
          process.stderr.write(
            `${name} ended with ${code ?? signal ?? ""}; see ${logs}/${name}.log\n`,
          );
      });
      running.push(child);
      return child;
    },
    async close() {
      closing = true;
      await Promise.all(running.splice(0).map(end));
    },
  };
}

/** Ends a program: by request, and where it does not heed that within five seconds, by force. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(force);
}
