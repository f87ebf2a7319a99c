import { ProblemError, unwrap } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import { keyTexts } from "../../runner/key-text.ts";
import type { AccountSecrets, CredentialSecret, KeyedData, KeyValues } from "../../runner/types.ts";
import { parsePipelineRun } from "../../tekton/parse-pipeline-run.ts";
import { parsePipeline } from "../../tekton/parse-pipeline.ts";
import { parseStepAction } from "../../tekton/parse-step-action.ts";
import { parseTaskRun } from "../../tekton/parse-task-run.ts";
import { parseTask } from "../../tekton/parse-task.ts";
import type { Pipeline, PipelineRun, StepAction, Task, TaskRun } from "../../tekton/types.ts";
import { valueAt } from "../../tekton/value-at.ts";
import { parseYaml } from "../../yaml/parse-yaml.ts";
import type { SourceDocument } from "../../yaml/types.ts";
import { doubtsOf } from "./doubts-of.ts";
import { impliedRuns } from "./implied-runs.ts";
import { listItems } from "./list-items.ts";
import { readDataObject } from "./read-data-object.ts";
import { readServiceAccount, type ServiceAccount } from "./read-service-account.ts";

/** What files of Tekton objects ask to be run, and what stands beside it. */
export interface RunDocuments {
  readonly runs: readonly (PipelineRun | TaskRun)[];
  readonly definitions: readonly (Pipeline | Task | StepAction)[];
  readonly secrets: KeyedData;
  readonly configMaps: KeyedData;
  readonly accounts: AccountSecrets;
  /** Objects that mean something on a cluster only, as `ServiceAccount "builder"`. */
  readonly ignored: readonly string[];
  /** What a cluster may refuse, a line each. */
  readonly doubts: readonly string[];
}

interface TextFile {
  readonly file: string;
  readonly text: string;
}

function textAt(value: unknown, path: readonly string[]): string {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : "";
}

function documentsOf({ file, text }: TextFile): readonly SourceDocument[] {
  const { documents, problems } = parseYaml(file, text, "kubernetes");
  const [problem] = problems;
  if (problem !== undefined) {
    const where = `${file}:${problem.range.line}:${problem.range.column}`;
    throw new ProblemError({ kind: "invalid", what: problem.message, where, next: problem.help });
  }
  return documents.flatMap(listItems).filter(({ value }) => value !== null);
}

/** A claim is a directory that is made when a run binds it; the other kinds have no meaning without a cluster. */
function ignore(document: SourceDocument, kind: string): readonly string[] {
  if (kind === "PersistentVolumeClaim") return [];
  const { value } = document;
  const name = textAt(value, ["metadata", "name"]) || textAt(value, ["metadata", "generateName"]);
  const isTekton = /^tekton\.dev\//.test(textAt(document.value, ["apiVersion"]));
  if (kind !== "" && name !== "" && !isTekton) return [`${kind} ${quoted(name)}`];
  const { line, column } = document.rangeOf(["kind"]);
  throw new ProblemError({
    kind: "unsupported",
    what:
      kind === ""
        ? "This is no object of Kubernetes: it has no kind."
        : `The kind ${JSON.stringify(kind)} cannot be run.`,
    where: `${document.file}:${line}:${column}`,
    next: "Give Tasks, Pipelines, StepActions, TaskRuns, PipelineRuns, and the Secrets, ConfigMaps and PersistentVolumeClaims that they use.",
  });
}

/**
 * Reads files with Tekton objects, each with one or many documents. Where they hold no run there is one for each
 * Pipeline, or, where they have none either, for each Task. Throws a ProblemError with the place of the first fault.
 */
export function readDocuments(files: readonly TextFile[]): RunDocuments {
  const definitions: (Pipeline | Task | StepAction)[] = [];
  const runs: (PipelineRun | TaskRun)[] = [];
  const secrets: Record<string, KeyValues> = {};
  const configMaps: Record<string, KeyValues> = {};
  const described = new Map<string, CredentialSecret>();
  const accounts: ServiceAccount[] = [];
  const ignored: string[] = [];
  const documents = files.flatMap(documentsOf);
  for (const document of documents) {
    const kind = textAt(document.value, ["kind"]);
    if (kind === "Pipeline") definitions.push(unwrap(parsePipeline(document)));
    else if (kind === "Task") definitions.push(unwrap(parseTask(document)));
    else if (kind === "StepAction") definitions.push(unwrap(parseStepAction(document)));
    else if (kind === "PipelineRun") runs.push(unwrap(parsePipelineRun(document)));
    else if (kind === "TaskRun") runs.push(unwrap(parseTaskRun(document)));
    else if (kind === "Secret" || kind === "ConfigMap") {
      const object = unwrap(readDataObject(document));
      (kind === "Secret" ? secrets : configMaps)[object.name] = object.data;
      if (kind === "Secret") described.set(object.name, { ...object, data: keyTexts(object.data) });
    } else if (kind === "ServiceAccount") accounts.push(unwrap(readServiceAccount(document)));
    else ignored.push(...ignore(document, kind));
  }
  return {
    runs: runs.length > 0 ? runs : impliedRuns(definitions),
    definitions,
    secrets,
    configMaps,
    accounts: Object.fromEntries(
      accounts.map(({ name, secrets: names }) => [
        name,
        names.flatMap((secret) => described.get(secret) ?? []),
      ]),
    ),
    ignored,
    doubts: documents.flatMap(doubtsOf),
  };
}
