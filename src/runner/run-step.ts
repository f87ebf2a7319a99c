import { describeProblem } from "../problem.ts";
import type { Launch } from "./isolation/types.ts";
import type { LogLines } from "./log-lines.ts";
import { openLog } from "./open-log.ts";
import type { Starter } from "./processes/starter.ts";
import { killGroup } from "./reaper.ts";

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
  /**
   * The exit code, undefined where a signal ended it, when the log is complete and nothing of its process group is
   * left; throws where it is not.
   */
  readonly ended: Promise<number | undefined>;
  /** Ends the whole process group at once. */
  kill(): void;
}

/** Node's timers hold no more than a signed 32-bit number of milliseconds. */
export const longestTimer = 2 ** 31 - 1;

/** What Tekton's entrypoint ends with when a signal ended the step, whichever it was. */
export const signalledExitCode = 255;

/**
 * Starts a container's process, its output line by line, masked, in the log file. When it ends, its whole process
 * group dies, so nothing of it goes on in the background. Undefined where it cannot be started; the log says why.
 */
export async function startContainer(
  { launch, logFile, mask, logLines }: StepCommand,
  starter: Starter,
): Promise<Running | undefined> {
  const log = openLog(logFile, mask, logLines);
  const started = await starter.start(launch, (bytes) => log.write(bytes));
  if (!started.ok) {
    log.write(Buffer.from(`The step could not be started: ${describeProblem(started.problem)}`));
    log.end();
    return undefined;
  }
  const { pid, ended } = started.value;
  const kill = (): void => {
    killGroup(pid);
    launch.end?.();
  };
  const complete = ended.then((code) => {
    log.end();
    return code;
  });
  return { pid, ended: complete, kill };
}

/** Runs one step to its end. At the timeout, and when the signal is aborted, it is killed. Milliseconds; Infinity for none. */
export async function runStep(
  command: StepCommand,
  timeout: number,
  signal: AbortSignal,
  starter: Starter,
): Promise<StepEnd> {
  const isAborted = (): boolean => signal.aborted;
  if (isAborted()) return { exitCode: 1, reason: "Stopped" };
  const running = await startContainer(command, starter);
  if (running === undefined) return { exitCode: 1, reason: "Error" };
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
  const exitCode = (await running.ended) ?? signalledExitCode;
  clearTimeout(timer);
  signal.removeEventListener("abort", onAbort);
  // What Tekton's entrypoint ends with, however the step was ended.
  if (stopped !== undefined) return { exitCode: 1, reason: stopped };
  return { exitCode, reason: exitCode === 0 ? "Completed" : "Error" };
}
