import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { killGroup, type Reaper } from "./reaper.ts";

export interface StepCommand {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Milliseconds; Infinity for none. */
  readonly timeout: number;
  readonly mask: (text: string) => string;
}

export interface StepEnd {
  readonly exitCode: number;
  readonly reason: "Completed" | "Error" | "TimeoutExceeded" | "Stopped";
}

/** Node's timers hold no more than a signed 32-bit number of milliseconds. */
export const longestTimer = 2 ** 31 - 1;

function signalExitCode(code: number | null): number {
  return code ?? 137;
}

/**
 * Runs one step to its end, its output line by line, masked, in the log file. At the timeout, when the signal is
 * aborted, and when the step has ended, its whole process group dies, so nothing of it goes on in the background.
 * The environment is exactly the one given.
 */
export async function runStep(
  command: StepCommand,
  signal: AbortSignal,
  reaper: Reaper,
): Promise<StepEnd> {
  const isAborted = (): boolean => signal.aborted;
  if (isAborted()) return { exitCode: 1, reason: "Stopped" };
  const log = createWriteStream(command.logFile, { mode: 0o600 });
  const [file = "", ...args] = command.argv;
  const child = spawn(file, args, {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
    env: command.environment,
    cwd: "/",
  });
  const refusal = await new Promise<Error | undefined>((resolve) => {
    child.once("spawn", () => resolve(undefined));
    child.once("error", resolve);
  });
  const group = child.pid;
  if (group === undefined) {
    const text = `The step could not be started: ${refusal?.message ?? "no process"}\n`;
    await new Promise<void>((resolve) => log.end(text, resolve));
    return { exitCode: 127, reason: "Error" };
  }
  reaper.add(group);

  let stopped: "TimeoutExceeded" | "Stopped" | undefined;
  const stop = (reason: "TimeoutExceeded" | "Stopped"): void => {
    stopped ??= reason;
    killGroup(group);
  };
  const onAbort = (): void => stop("Stopped");
  signal.addEventListener("abort", onAbort, { once: true });
  if (isAborted()) onAbort();
  const timer = Number.isFinite(command.timeout)
    ? setTimeout(() => stop("TimeoutExceeded"), Math.min(command.timeout, longestTimer))
    : undefined;

  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity });
  lines.on("line", (line) => log.write(`${command.mask(line)}\n`));
  const code = await new Promise<number | null>((resolve) => {
    child.once("exit", (exitCode) => {
      killGroup(group);
      reaper.remove(group);
      child.once("close", () => resolve(exitCode));
    });
  });
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  await new Promise<void>((resolve) => log.end(resolve));
  if (stopped !== undefined) return { exitCode: signalExitCode(code), reason: stopped };
  const exitCode = signalExitCode(code);
  return { exitCode, reason: exitCode === 0 ? "Completed" : "Error" };
}
