import type { ClusterClient, ObservedRun } from "../../cluster/types.ts";
import type { Run } from "../../store/run-record.ts";
import type { RunChange } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";
import { noteOnNeeds } from "./note-on-needs.ts";
import { readLogTail } from "./read-log-tail.ts";
import { later, pauseOf } from "./run-changes.ts";
import { isOver } from "./run-report.ts";

/** What is noted of a run as its cluster shows it. */
export async function recordObserved(
  bot: Bot,
  client: ClusterClient,
  run: Run,
  observed: ObservedRun,
): Promise<RunChange> {
  const over = isOver(observed.phase);
  return {
    name: observed.name,
    state: observed.phase,
    reason: observed.reason,
    message: await messageOf(bot, client, run, observed),
    ...(observed.startedAt === undefined ? {} : { startedAt: observed.startedAt }),
    ...(observed.finishedAt === undefined ? {} : { finishedAt: observed.finishedAt }),
    results: observed.results,
    observed,
    ...(over && observed.phase !== "succeeded"
      ? { logTail: await readLogTail(client, observed) }
      : {}),
    dueAt: later(bot, over ? 0 : pauseOf(bot, client)),
    attempts: 0,
    error: null,
  };
}

async function messageOf(
  bot: Bot,
  client: ClusterClient,
  run: Run,
  observed: ObservedRun,
): Promise<string> {
  const { phase, message } = observed;
  const { stopNote } = run;
  if (phase === "succeeded") return "";
  const said = phase === "failed" || stopNote === null ? message : stopNote;
  if (phase === "failed" || phase === "cancelled") return said;
  const pending = pendingPods(observed);
  if (pending.length === 0 && hasBegun(observed)) return said;
  const parts = [said, ...pending, await noteOnNeeds(bot, run, client)];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Whether a machine has run anything of it; a run whose time is over had none that still runs. */
function hasBegun({ tasks }: ObservedRun): boolean {
  return tasks.some(
    ({ reason, steps }) =>
      reason === "Running" || steps.some(({ exitCode }) => exitCode !== undefined),
  );
}

/** What Kubernetes says of the pods that it cannot place; each pod is pending for a moment, which is nothing to tell. */
function pendingPods({ tasks }: ObservedRun): readonly string[] {
  return tasks.flatMap(({ name, reason, message = "" }) =>
    unplaced.has(reason ?? "") || (reason === "Pending" && message.includes('"PodScheduled"'))
      ? [`Task ${name} waits for a machine: ${message}`]
      : [],
  );
}

/** https://tekton.dev/docs/pipelines/taskruns/#monitoring-execution-status */
const unplaced = new Set(["ExceededNodeResources", "ExceededResourceQuota"]);
