import { setTimeout as pause } from "node:timers/promises";
import type { Probe, Sidecar } from "../../tekton/types.ts";
import type { Isolation, Launch } from "../isolation/types.ts";
import type { Running } from "../run-step.ts";
import { probeContainer } from "./probe-container.ts";
import { untilIdle } from "./until-idle.ts";

/**
 * On a cluster a moment goes by between the start of the sidecars and that of the steps, and Tasks count on it: what a
 * sidecar does at once is there. So much of it at most, in milliseconds.
 */
const headStart = 500;

/** A probe is asked at least so often, in milliseconds: nobody else waits for the answer. */
const longestPeriod = 1000;

interface Waiting {
  readonly sidecar: Sidecar;
  readonly running: Running;
  readonly isolation: Isolation["kind"];
  readonly enter: (command: readonly string[]) => Launch;
  /** Aborted when the sidecar ended, or when nobody needs it any more. */
  readonly signal: AbortSignal;
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}

async function untilSuccess(
  probe: Probe,
  { sidecar, running, enter, signal }: Waiting,
  isStartup: boolean,
): Promise<void> {
  const { initialDelaySeconds = 0, periodSeconds = 10 } = probe;
  const { successThreshold = 1, failureThreshold = 3 } = probe;
  await sleep(1000 * initialDelaySeconds, signal);
  // How many failures there may be is told in periods; here it is how long they may go on.
  const deadline = Date.now() + 1000 * periodSeconds * failureThreshold;
  let successes = 0;
  while (!signal.aborted) {
    const succeeded = await probeContainer(probe, sidecar, enter);
    successes = succeeded ? successes + 1 : 0;
    if (successes >= successThreshold) return;
    // What Kubernetes does to a container that does not start; here too it is not started again.
    if (isStartup && !succeeded && Date.now() >= deadline) running.kill();
    await sleep(Math.min(1000 * periodSeconds, longestPeriod), signal);
  }
}

/** Waits until a sidecar is ready as its probes say, or over. */
export async function waitForSidecar(waiting: Waiting): Promise<void> {
  const { startupProbe, readinessProbe } = waiting.sidecar;
  if (startupProbe === undefined && readinessProbe === undefined) {
    const { running, isolation, signal } = waiting;
    // The process of podman's that is seen here is none of the container.
    if (isolation === "podman") return sleep(headStart, signal);
    return untilIdle(running.pid, headStart, signal);
  }
  if (startupProbe !== undefined) await untilSuccess(startupProbe, waiting, true);
  if (readinessProbe !== undefined) await untilSuccess(readinessProbe, waiting, false);
}
