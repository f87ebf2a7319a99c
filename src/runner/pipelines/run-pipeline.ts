import { pipelineDependencies } from "../../tekton/pipeline-graph.ts";
import { beginAlone, type Begin } from "../begin-together.ts";
import { failure, timestamp } from "../conditions.ts";
import type { RunnerContext } from "../context.ts";
import { describeUnsupported, unsupportedInRun } from "../find-unsupported.ts";
import type { Outcome, PipelineRunObject } from "../types.ts";
import type { Execution } from "./execution.ts";
import { cancelled, pipelineOutcome, runningReason } from "./pipeline-outcome.ts";
import { countTasks, progressMessage, skippedTasks, startProgress } from "./pipeline-progress.ts";
import { startRecord, type PipelineRecord } from "./pipeline-record.ts";
import { pipelineResults } from "./pipeline-results.ts";
import {
  findPipeline,
  resolvePipeline,
  type Resolved,
  type ResolvedPipeline,
} from "./resolve-pipeline.ts";
import type { RunControl } from "./run-control.ts";
import { runGroup } from "./run-group.ts";

function startExecution(
  context: RunnerContext,
  run: PipelineRunObject,
  pipeline: ResolvedPipeline,
  control: RunControl,
  record: PipelineRecord,
): Execution {
  const progress = startProgress();
  const { tasks, finally: lastly = [] } = pipeline.spec;
  const names = [...tasks, ...lastly].map(({ name }) => name);
  const write = (): void => {
    const states = [...progress.states.values()];
    const incomplete = names.length - states.filter(({ phase }) => phase !== "running").length;
    const childReferences = names.flatMap((name) => progress.children.get(name) ?? []);
    const skipped = skippedTasks(pipeline.spec, progress, control);
    const reason = runningReason(progress, control, lastly.length > 0);
    record.running(reason, progressMessage(countTasks(progress), incomplete), {
      ...(childReferences.length > 0 && { childReferences }),
      ...(skipped.length > 0 && { skippedTasks: skipped }),
    });
  };
  let due: NodeJS.Immediate | undefined;
  const reportNow = (): void => {
    clearImmediate(due);
    due = undefined;
    write();
  };
  const report = (): void => {
    due ??= setImmediate(reportNow);
  };
  const runChild: Execution["runChild"] = (child, childControl) =>
    runPipeline(context, child, childControl);
  return { context, run, pipeline, progress, control, runChild, report, reportNow };
}

/** Runs the tasks and then the finally tasks; gives the outcome where one of them ended all. */
async function runGroups(
  execution: Execution,
  record: PipelineRecord,
): Promise<Outcome | undefined> {
  const { control, pipeline } = execution;
  const { spec, timeouts } = pipeline;
  const broken = await runGroup(
    {
      memberOf: "tasks",
      tasks: spec.tasks,
      dependencies: pipelineDependencies(spec),
      signal: control.tasksSignal,
    },
    execution,
    control.limit("tasks", timeouts.tasks),
  );
  const isEnded = control.stopped === "Cancelled" || control.timedOut === "pipeline";
  const over = isEnded || broken !== undefined;
  if (over || spec.finally === undefined || spec.finally.length === 0) return broken;
  record.save({ finallyStartTime: timestamp() });
  const brokenLast = await runGroup(
    {
      memberOf: "finally",
      tasks: spec.finally,
      dependencies: new Map(),
      signal: control.finallySignal,
    },
    execution,
    control.limit("finally", timeouts.finally),
  );
  return brokenLast;
}

function finish(
  { run, pipeline, progress, control }: Execution,
  record: PipelineRecord,
  broken: Outcome | undefined,
): PipelineRunObject {
  const { name } = run.metadata;
  const outcome = broken ?? pipelineOutcome(name, progress, control, pipeline.timeouts);
  // What ends a run at once leaves Tekton no time for its results.
  if (broken !== undefined || control.stopped === "Cancelled") return record.finish(outcome);
  const { results, invalid } = pipelineResults(pipeline.spec, progress);
  if (results.length > 0) record.save({ results });
  if (invalid.length === 0) return record.finish(outcome);
  const message = `Failed to get PipelineResult from TaskRun Results for PipelineRun ${name}: invalid pipelineresults [${invalid.join(" ")}], the referenced results don't exist`;
  return record.finish(failure("CouldntGetPipelineResult", message));
}

/** Everything that a run needs, or the outcome that it ends with before anything starts. */
async function prepare(
  context: RunnerContext,
  run: PipelineRunObject,
  record: PipelineRecord,
): Promise<Resolved<ResolvedPipeline>> {
  const unsupported = unsupportedInRun(run);
  if (unsupported.length > 0) {
    return { outcome: failure("PipelineValidationFailed", describeUnsupported(unsupported)) };
  }
  const found = await findPipeline(context, run);
  if ("outcome" in found) return found;
  const { meta, name, spec, source } = found.value;
  record.describe({ ...meta, labels: { ...meta.labels, "tekton.dev/pipeline": name } });
  record.save({
    pipelineSpec: spec,
    ...(source !== undefined && { provenance: { refSource: source } }),
  });
  return resolvePipeline(context, run, found.value);
}

/**
 * Carries out a PipelineRun that is in the store, and keeps its status there as Tekton would write it.
 * Gives the finished object; never throws for anything that the run itself contains.
 */
export async function runPipeline(
  context: RunnerContext,
  run: PipelineRunObject,
  control: RunControl,
  begin: Begin = beginAlone,
): Promise<PipelineRunObject> {
  const record = startRecord(context, run);
  const { pipelineRef } = run.spec;
  const known = pipelineRef === undefined ? run.metadata.name : pipelineRef.name;
  if (known !== undefined) record.describe({ labels: { "tekton.dev/pipeline": known } });
  if (control.stopped === "Cancelled") {
    await begin(undefined);
    return record.finish(cancelled(run.metadata.name));
  }
  if (run.spec.status === "PipelineRunPending") {
    await begin(undefined);
    return record.running(run.spec.status, `PipelineRun "${run.metadata.name}" is pending`);
  }
  const prepared = await prepare(context, run, record);
  const mayBegin = await begin("outcome" in prepared ? prepared.outcome : undefined);
  if ("outcome" in prepared) return record.finish(prepared.outcome);
  if (!mayBegin) return record.save({});
  const pipeline = prepared.value;
  const stopClock = control.limit("pipeline", pipeline.timeouts.pipeline);
  const described = record.save({ pipelineSpec: pipeline.shown });
  const execution = startExecution(context, described, pipeline, control, record);
  const broken = await runGroups(execution, record);
  stopClock();
  execution.reportNow();
  return finish(execution, record, broken);
}
