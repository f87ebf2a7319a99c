import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Launch } from "./isolation/types.ts";
import type { LogLines } from "./log-lines.ts";
import { killGroup, type Reaper } from "./reaper.ts";

export interface StepCommand {
  readonly launch: Launch;
  readonly logFile: string;
  readonly mask: (text: string) => string;
  readonly logLines: LogLines;
}

export interface StepEnd {
  readonly exitCode: number;
  readonly reason: "Completed" | "Error" | "TimeoutExceeded" | "Stopped";
}

/** A container's process, from its start to its end. */
export interface Running {
  readonly pid: number;
  /** The exit code, when the log is complete and nothing of its process group is left. */
  readonly ended: Promise<number>;
  /** Ends the whole process group at once. */
  kill(): void;
}

/** Node's timers hold no more than a signed 32-bit number of milliseconds. */
export const longestTimer = 2 ** 31 - 1;

/** Milliseconds that a process which left the group of a step that is over may go on to hold its output. */
const openOutput = 500;

/** What a shell gives for a program that it cannot start. */
const notStarted = 127;
const killedExitCode = 137;

/**
 * Starts a container's process, its output line by line, masked, in the log file. When it ends, its whole process
 * group dies, so nothing of it goes on in the background. The environment is exactly the one given. Undefined where it
 * cannot be started; the log says why.
 */
export async function startContainer(
  { launch, logFile, mask, logLines }: StepCommand,
  reaper: Reaper,
): Promise<Running | undefined> {
  const log = createWriteStream(logFile, { mode: 0o600 });
  const [file = "", ...args] = launch.argv;
  const child = spawn(file, args, {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
    env: launch.environment,
    cwd: "/",
  });
  const refusal = await new Promise<Error | undefined>((resolve) => {
    child.once("spawn", () => resolve(undefined));
    child.once("error", resolve);
  });
  const pid = child.pid;
  if (pid === undefined) {
    const text = `The step could not be started: ${refusal?.message ?? "no process"}\n`;
    await new Promise<void>((resolve) => log.end(text, resolve));
    return undefined;
  }
  reaper.add(pid);
  const kill = (): void => {
    killGroup(pid);
    launch.end?.();
  };
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity });
  lines.on("line", (line) => {
    const masked = mask(line);
    log.write(`${masked}\n`);
    logLines.tell(logFile, masked);
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", (exitCode) => {
      killGroup(pid);
      reaper.remove(pid);
      const giveUp = setTimeout(() => child.stdout.destroy(), openOutput);
      child.once("close", () => {
        clearTimeout(giveUp);
        resolve(exitCode);
      });
    });
  });
  const ended = exited.then(async (code) => {
    await new Promise<void>((resolve) => log.end(resolve));
    return code ?? killedExitCode;
  });
  return { pid, ended, kill };
}

/** Runs one step to its end. At the timeout, and when the signal is aborted, it is killed. Milliseconds; Infinity for none. */
export async function runStep(
  command: StepCommand,
  timeout: number,
  signal: AbortSignal,
  reaper: Reaper,
): Promise<StepEnd> {
  const isAborted = (): boolean => signal.aborted;
  if (isAborted()) return { exitCode: 1, reason: "Stopped" };
  const running = await startContainer(command, reaper);
  if (running === undefined) return { exitCode: notStarted, reason: "Error" };
  let stopped: "TimeoutExceeded" | "Stopped" | undefined;
  const stop = (reason: "TimeoutExceeded" | "Stopped"): void => {
    stopped ??= reason;
    running.kill();
  };
  const onAbort = (): void => stop("Stopped");
  signal.addEventListener("abort", onAbort, { once: true });
  if (isAborted()) onAbort();
  const timer = Number.isFinite(timeout)
    ? setTimeout(() => stop("TimeoutExceeded"), Math.min(timeout, longestTimer))
    : undefined;
  const exitCode = await running.ended;
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  return { exitCode, reason: stopped ?? (exitCode === 0 ? "Completed" : "Error") };
}
