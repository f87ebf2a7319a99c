import { spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { failed, ok, type Result } from "../../problem.ts";
import { searchPath } from "../isolation/types.ts";
import { killGroup } from "../reaper.ts";
import { helperScript } from "./helper-script.ts";
import { closeRequest, reportReader, reportTypes, startRequest, type Report } from "./messages.ts";
import { openOutput, type Started, type Starter } from "./starter.ts";

/** A process, from the request for it until its output is complete. */
interface Run {
  readonly onOutput: (bytes: Buffer) => void;
  readonly answer: (started: Result<Started>) => void;
  readonly end: (code: number | undefined) => void;
  readonly ended: Promise<number | undefined>;
  pid?: number;
  exit?: { readonly code: number | undefined; readonly giveUp: NodeJS.Timeout };
  isClosed: boolean;
}

export interface Helper extends Starter {
  /** False where there is no Perl, and once the helper is gone. */
  works(): Promise<boolean>;
}

const gone = failed({ kind: "unavailable", what: "the helper that starts processes is gone" });

function newRun(onOutput: Run["onOutput"], answer: Run["answer"]): Run {
  let end: Run["end"] = () => undefined;
  const ended = new Promise<number | undefined>((resolve) => (end = resolve));
  return { onOutput, answer, end, ended, isClosed: false };
}

export interface HelperOptions {
  readonly perl?: string;
  /** What leaves its process group ends too; not where that is meant, as podman does. */
  readonly adopts?: boolean;
}

/** Starts the helper, whose children the processes are. Should it die, everything that it started is killed. */
export function startHelper({ perl = "perl", adopts = false }: HelperOptions = {}): Helper {
  const child = spawn(perl, ["-e", helperScript, ...(adopts ? ["adopt"] : [])], {
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
    env: { PATH: searchPath },
    cwd: "/",
  });
  const { stdin, stdout } = child;
  const runs = new Map<number, Run>();
  let last = 0;
  let isGone = false;
  let tellReady: (works: boolean) => void = () => undefined;
  const ready = new Promise<boolean>((resolve) => (tellReady = resolve));

  /** Node goes on for the sake of processes that run, and not for an idle helper. */
  const hold = (isHeld: boolean): void => {
    if (!(stdout instanceof Socket)) return;
    if (isHeld) stdout.ref();
    else stdout.unref();
  };
  const forget = (id: number): void => {
    runs.delete(id);
    if (runs.size === 0) hold(false);
  };
  const settle = (id: number, run: Run): void => {
    if (run.exit === undefined || !run.isClosed) return;
    clearTimeout(run.exit.giveUp);
    forget(id);
    run.end(run.exit.code);
  };
  const die = (): void => {
    isGone = true;
    tellReady(false);
    for (const [id, run] of runs) {
      if (run.pid !== undefined && run.exit === undefined) killGroup(run.pid);
      clearTimeout(run.exit?.giveUp);
      forget(id);
      run.answer(gone);
      run.end(run.exit?.code);
    }
  };
  const hear = ({ type, id, data }: Report): void => {
    const run = runs.get(id);
    if (run === undefined) {
      tellReady(true);
      return;
    }
    if (type === reportTypes.started) {
      run.pid = Number(data);
      run.answer(ok({ pid: run.pid, ended: run.ended }));
    } else if (type === reportTypes.output) {
      run.onOutput(data);
    } else if (type === reportTypes.exited) {
      const code = data.length === 0 ? undefined : Number(data);
      const giveUp = setTimeout(() => stdin.write(closeRequest(id)), openOutput);
      run.exit = { code, giveUp };
    } else if (type === reportTypes.closed) {
      run.isClosed = true;
    } else {
      forget(id);
      run.answer(failed({ kind: "unavailable", what: data.toString() }));
    }
    settle(id, run);
  };

  const read = reportReader();
  stdout.on("data", (bytes: Buffer) => read(bytes).forEach(hear));
  stdout.on("close", die);
  stdin.on("error", () => undefined);
  child.on("error", die);
  child.unref();
  hold(false);

  return {
    works: async () => {
      hold(true);
      const works = (await ready) && !isGone;
      if (runs.size === 0) hold(false);
      return works;
    },
    start: (launch, onOutput) =>
      new Promise((resolve) => {
        if (isGone) {
          resolve(gone);
          return;
        }
        last += 1;
        runs.set(last, newRun(onOutput, resolve));
        hold(true);
        stdin.write(startRequest(last, launch));
      }),
    close: async () => {
      const isOver =
        child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
      stdin.end();
      if (isOver) return;
      child.ref();
      await once(child, "exit");
    },
  };
}
