import { z } from "zod";
import { ProblemError, unwrap } from "../problem.ts";
import type { KeyedData } from "../runner/types.ts";
import { parsePipelineRun } from "../tekton/parse-pipeline-run.ts";
import { parsePipeline } from "../tekton/parse-pipeline.ts";
import { parseTaskRun } from "../tekton/parse-task-run.ts";
import { parseTask } from "../tekton/parse-task.ts";
import type { Param, Pipeline, PipelineRun, Task, TaskRun } from "../tekton/types.ts";
import { parseYaml } from "../yaml/parse-yaml.ts";
import type { SourceDocument } from "../yaml/types.ts";

/** What a file of Tekton objects asks to be run, and what stands beside it. */
export interface RunDocuments {
  readonly runs: readonly (PipelineRun | TaskRun)[];
  readonly definitions: readonly (Pipeline | Task)[];
  readonly secrets: KeyedData;
  readonly configMaps: KeyedData;
}

const keys = z.record(z.string(), z.string()).default({});
const dataObject = z.object({
  kind: z.enum(["Secret", "ConfigMap"]),
  metadata: z.object({ name: z.string() }),
  data: keys,
  stringData: keys,
});

function kindOf({ value }: SourceDocument): string {
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : "";
  return typeof kind === "string" ? kind : "";
}

function decode(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => [key, Buffer.from(text, "base64").toString("utf8")]),
  );
}

/** A run for a Pipeline that nobody wrote one for; its workspaces are new directories. */
function runOfPipeline({ metadata, spec }: Pipeline): PipelineRun {
  return {
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: { generateName: `${metadata.name.slice(0, 40)}-` },
    spec: {
      pipelineRef: { name: metadata.name },
      workspaces: (spec.workspaces ?? [])
        .filter(({ optional = false }) => !optional)
        .map(({ name }) => ({ name, volumeClaimTemplate: {} })),
    },
  };
}

function runOfTask({ metadata, spec }: Task): TaskRun {
  return {
    apiVersion: "tekton.dev/v1",
    kind: "TaskRun",
    metadata: { generateName: `${metadata.name.slice(0, 40)}-` },
    spec: {
      taskRef: { name: metadata.name },
      workspaces: (spec.workspaces ?? [])
        .filter(({ optional = false }) => !optional)
        .map(({ name }) => ({ name, emptyDir: {} })),
    },
  };
}

/** The run with params given by hand in the place of its own. */
export function withParams<T extends PipelineRun | TaskRun>(run: T, params: readonly Param[]): T {
  const given = new Set(params.map(({ name }) => name));
  const kept = (run.spec.params ?? []).filter(({ name }) => !given.has(name));
  return { ...run, spec: { ...run.spec, params: [...kept, ...params] } };
}

/**
 * Reads a file with Tekton objects, one or many documents. A file without runs gets one for each Pipeline, or, where
 * it has none either, for each Task. Throws a ProblemError with the place of the first fault.
 */
export function readRunDocuments(file: string, text: string): RunDocuments {
  const { documents, problems } = parseYaml(file, text);
  const [problem] = problems;
  if (problem !== undefined) {
    const where = `${file}:${problem.range.line}:${problem.range.column}`;
    throw new ProblemError({ kind: "invalid", what: problem.message, where, next: problem.help });
  }
  const pipelines: Pipeline[] = [];
  const tasks: Task[] = [];
  const runs: (PipelineRun | TaskRun)[] = [];
  const secrets: Record<string, Record<string, string>> = {};
  const configMaps: Record<string, Record<string, string>> = {};
  for (const document of documents) {
    const kind = kindOf(document);
    if (kind === "Pipeline") pipelines.push(unwrap(parsePipeline(document)));
    else if (kind === "Task") tasks.push(unwrap(parseTask(document)));
    else if (kind === "PipelineRun") runs.push(unwrap(parsePipelineRun(document)));
    else if (kind === "TaskRun") runs.push(unwrap(parseTaskRun(document)));
    else if (kind === "Secret" || kind === "ConfigMap") {
      const { metadata, data, stringData } = dataObject.parse(document.value);
      if (kind === "Secret") secrets[metadata.name] = { ...decode(data), ...stringData };
      else configMaps[metadata.name] = data;
    } else {
      throw new ProblemError({
        kind: "unsupported",
        what: `The kind ${JSON.stringify(kind)} cannot be run.`,
        where: file,
        next: "Give Tasks, Pipelines, TaskRuns, PipelineRuns, Secrets and ConfigMaps.",
      });
    }
  }
  const implied = pipelines.length > 0 ? pipelines.map(runOfPipeline) : tasks.map(runOfTask);
  return {
    runs: runs.length > 0 ? runs : implied,
    definitions: [...pipelines, ...tasks],
    secrets,
    configMaps,
  };
}
