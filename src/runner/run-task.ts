import type { Variables } from "../tekton/substitute.ts";
import { condition, failure, timestamp } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import { runAttempt } from "./run-attempt.ts";
import { writtenSpec } from "./shown-spec.ts";
import { namedSteps } from "./steps/step-status.ts";
import { statusMessage, stopReason } from "./stop-outcome.ts";
import type { RunnableTaskSpec } from "./task-pod.ts";
import type { RefSource, StoredMeta, TaskRunObject, TaskRunStatus } from "./types.ts";

/** What a TaskRun carries out, its Task read and checked already. */
export interface TaskWork {
  readonly metadata: StoredMeta;
  readonly spec: TaskRunObject["spec"];
  readonly task: {
    readonly name: string;
    readonly spec: RunnableTaskSpec;
    readonly source?: RefSource;
  };
  /** Variables of the pipeline that an embedded taskSpec sees too; its own come first. */
  readonly inherited: Variables;
  readonly retries: number;
  /** Milliseconds for each attempt. */
  readonly timeout: number;
  /** A failure that the pipeline goes on after. */
  readonly failureIgnored: boolean;
}

/**
 * Carries out a TaskRun: every attempt that it needs, its object in the store kept up to date.
 * Gives the finished object. An abort of the signal (reason "cancelled" or "timeout") ends it at once.
 */
export async function runTask(
  context: RunnerContext,
  work: TaskWork,
  signal: AbortSignal,
): Promise<TaskRunObject> {
  const { taskRuns } = context.store;
  const past: TaskRunStatus[] = [];
  let { metadata } = work;
  let cancelled: Pick<TaskRunObject["spec"], "status" | "statusMessage"> = {};
  for (let retry = 0; ; retry += 1) {
    const podName = `${work.metadata.name}-pod${retry === 0 ? "" : `-retry${retry}`}`;
    let status: TaskRunStatus = {
      conditions: [
        condition({
          status: "Unknown",
          reason: "Running",
          message: "Not all Steps in the Task have finished executing",
        }),
      ],
      podName: "",
      startTime: timestamp(),
      // What is stopped before it begins is not looked at.
      ...(!signal.aborted && {
        steps: namedSteps(work.task.spec),
        taskSpec: writtenSpec(work.task.spec),
      }),
      ...(past.length > 0 && { retriesStatus: [...past] }),
      ...(work.task.source !== undefined && { provenance: { refSource: work.task.source } }),
    };
    const current = (): TaskRunObject => ({
      apiVersion: "tekton.dev/v1",
      kind: "TaskRun",
      metadata,
      spec: { ...work.spec, ...cancelled },
      status,
    });
    if (retry === 0) taskRuns.create(current());
    else taskRuns.update(current());
    const attempt = await runAttempt(context, work, retry, podName, signal, (change) => {
      status = { ...status, ...change };
      taskRuns.update(current());
    }).catch((error: unknown) => ({
      // Such as a full disk: the machine's fault, which the run has to report and not the runner to die of.
      outcome: failure("Failed", error instanceof Error ? error.message : String(error)),
      status: {},
    }));
    const stop = attempt.outcome.reason === "TaskRunCancelled" ? stopReason(signal) : undefined;
    if (stop !== undefined) {
      const message = statusMessage(stop, metadata);
      if (work.spec.status !== "TaskRunCancelled") {
        metadata = { ...metadata, generation: metadata.generation + 1 };
      }
      cancelled = {
        status: "TaskRunCancelled",
        ...(message !== "" && { statusMessage: message }),
      };
    }
    status = {
      ...status,
      conditions: [condition(attempt.outcome)],
      completionTime: timestamp(),
      ...attempt.status,
    };
    const again = attempt.outcome.status === "False" && retry < work.retries && !signal.aborted;
    if (!again) return taskRuns.update(current());
    past.push(status);
  }
}
