import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeProblem } from "../../problem.ts";
import type { Sidecar } from "../../tekton/types.ts";
import { timestamp } from "../conditions.ts";
import type { RunnerContext } from "../context.ts";
import { startContainer, type Running } from "../run-step.ts";
import { sidecarMounts } from "../steps/container-mounts.ts";
import { prepareContainer } from "../steps/prepare-container.ts";
import { sidecarContainer, stepName } from "../steps/step-name.ts";
import type { TaskPod } from "../task-pod.ts";
import type { SidecarStatus } from "../types.ts";
import { waitForSidecar } from "./wait-for-sidecar.ts";

/** The sidecars of one attempt, which go on until they are stopped. */
export interface Sidecars {
  readonly statuses: readonly SidecarStatus[];
  /** Why one of them could not be started: then nothing of the pod starts. */
  readonly refusal?: string;
  /** Settles when each is ready, or over. */
  readonly ready: Promise<unknown>;
  /** Ends all. Gives the one that had failed before. */
  stop(): Promise<SidecarFailure | undefined>;
}

export interface SidecarFailure {
  readonly message: string;
  /** No sidecar ran any more, so that the whole pod failed, whatever became of its steps. */
  readonly endsPod: boolean;
}

/** What Kubernetes shows of a container that was killed. */
const killedExitCode = 137;

interface Started {
  status: SidecarStatus;
  readonly running?: Running;
  readonly refusal?: string;
  readonly ready: Promise<void>;
}

function over(status: SidecarStatus, startedAt: string, exitCode: number): SidecarStatus {
  return {
    name: status.name,
    container: status.container,
    terminated: {
      exitCode,
      reason: exitCode === 0 ? "Completed" : "Error",
      startedAt,
      finishedAt: timestamp(),
    },
  };
}

async function startSidecar(
  context: RunnerContext,
  pod: TaskPod,
  sidecar: Sidecar,
  index: number,
  signal: AbortSignal,
): Promise<Started> {
  const { isolation, mask, logLines, starter } = context;
  const container = sidecarContainer(sidecar, index);
  const status = { name: stepName(sidecar, index), container };
  const startedAt = timestamp();
  const logFile = join(pod.logDirectory, `${container}.log`);
  const base = sidecarMounts(pod);
  const prepared = await prepareContainer(container, sidecar, pod, base, pod.variables, isolation);
  if (!prepared.ok) {
    const refusal = `"${container}" could not be started: ${describeProblem(prepared.problem)}`;
    await writeFile(logFile, `${mask(refusal)}\n`);
    return { status: over(status, startedAt, 1), refusal, ready: Promise.resolve() };
  }
  const launch = isolation.launch(prepared.value);
  const running = await startContainer({ launch, logFile, mask, logLines }, starter);
  if (running === undefined) {
    return { status: over(status, startedAt, 127), ready: Promise.resolve() };
  }
  const ended = new AbortController();
  const ready = waitForSidecar({
    sidecar,
    running,
    isolation: isolation.kind,
    enter: (command) => isolation.enter(prepared.value, running.pid, command),
    signal: AbortSignal.any([signal, ended.signal]),
  });
  const started: Started = { status: { ...status, running: { startedAt } }, running, ready };
  const end = (exitCode = killedExitCode): void => {
    started.status = over(status, startedAt, exitCode);
    ended.abort();
  };
  // Without its log it is over all the same.
  void running.ended.then(end, () => end(1));
  return started;
}

/** Starts a Task's sidecars, all at once. Nobody waits for them any more when the signal is aborted. */
export async function startSidecars(
  context: RunnerContext,
  pod: TaskPod,
  signal: AbortSignal,
): Promise<Sidecars> {
  const started = await Promise.all(
    (pod.spec.sidecars ?? []).map((sidecar, index) =>
      startSidecar(context, pod, sidecar, index, signal),
    ),
  );
  const refusal = started.find((one) => one.refusal !== undefined)?.refusal;
  return {
    ...(refusal !== undefined && { refusal }),
    get statuses() {
      return started.map(({ status }) => status);
    },
    ready: Promise.all(started.map(({ ready }) => ready)),
    stop: async () => {
      const statuses = started.map(({ status }) => status);
      const endsPod = statuses.every(({ terminated }) => terminated !== undefined);
      const failed = statuses.find(({ terminated }) => (terminated?.exitCode ?? 0) !== 0);
      for (const { running } of started) running?.kill();
      await Promise.allSettled(started.map(async ({ running }) => running?.ended));
      if (failed === undefined) return undefined;
      const exitCode = failed.terminated?.exitCode ?? 1;
      return { message: `"${failed.container}" exited with code ${exitCode}: Error`, endsPod };
    },
  };
}
