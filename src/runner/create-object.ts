import { failed, type Result } from "../problem.ts";
import { parsePipelineRun } from "../tekton/parse-pipeline-run.ts";
import { parseTaskRun } from "../tekton/parse-task-run.ts";
import type { SourceDocument } from "../yaml/types.ts";
import type { Engine } from "./start-engine.ts";
import type { PipelineRunObject, TaskRunObject } from "./types.ts";

function withLabels(value: unknown, labels: Readonly<Record<string, string>>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const metadata = "metadata" in value ? value.metadata : undefined;
  const known = typeof metadata === "object" && metadata !== null ? metadata : {};
  const own = "labels" in known && typeof known.labels === "object" ? known.labels : {};
  return { ...value, metadata: { ...known, labels: { ...own, ...labels } } };
}

/** JSON has no lines that a person would look at. */
function jsonDocument(value: unknown): SourceDocument {
  const start = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { file: "request", value, rangeOf: () => start, textEdits: () => undefined };
}

/** Starts the PipelineRun or TaskRun that a plain object is, with labels added. */
export function createObject(
  engine: Engine,
  value: unknown,
  labels: Readonly<Record<string, string>> = {},
): Result<PipelineRunObject | TaskRunObject> {
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : "";
  const document = jsonDocument(withLabels(value, labels));
  if (kind === "PipelineRun") {
    const run = parsePipelineRun(document);
    return run.ok ? engine.createPipelineRun(run.value) : run;
  }
  if (kind === "TaskRun") {
    const run = parseTaskRun(document);
    return run.ok ? engine.createTaskRun(run.value) : run;
  }
  return failed({
    kind: "unsupported",
    what: `The local runner creates PipelineRuns and TaskRuns, no ${JSON.stringify(kind)}.`,
  });
}
