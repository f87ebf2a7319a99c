import type * as z from "zod";
import { quoted } from "../../quoted.ts";
import { nearestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import { convertV1beta1 } from "../convert-v1beta1.ts";
import { pipeline, pipelineRun, taskRun } from "../pipeline-schemas.ts";
import { stepAction, task } from "../task-schemas.ts";
import type { Pipeline, PipelineRun, StepAction, Task, TaskRun } from "../types.ts";
import { isRecord } from "../value-at.ts";
import { withoutNulls } from "../without-nulls.ts";
import { nameFaults } from "./name-faults.ts";
import { missingPropertiesFaults } from "./param-spec-faults.ts";
import { pipelineSpecFaults } from "./pipeline-faults.ts";
import { readPast } from "./read-past.ts";
import { pipelineRunFaults, taskRunFaults } from "./run-faults.ts";
import { schemaFaults } from "./schema-faults.ts";
import type { Misspelling } from "./schema-faults.ts";
import { stepActionFaults } from "./step-action-faults.ts";
import { taskFaults } from "./task-spec-faults.ts";
import type { TektonFault, TektonRuleId } from "./tekton-fault.ts";
import { v1beta1Faults } from "./v1beta1-faults.ts";
import { isAtOrBelow, writtenPath } from "./written-path.ts";

const group = "tekton.dev";
type Document = Readonly<Record<string, unknown>>;

const kinds = ["Task", "Pipeline", "PipelineRun", "TaskRun"];
/** Kinds that only controllers of other software, or administrators, write. */
const otherKinds = ["CustomRun", "VerificationPolicy"];
const goneKinds: ReadonlyMap<string, string> = new Map([
  ["ClusterTask", "Make it a Task, and let a resolver find it where several namespaces use it."],
  ["PipelineResource", "Use params, workspaces and results."],
  ["Condition", "Use `when` expressions in the pipeline."],
  ["Run", "Use a CustomRun."],
]);

/**
 * Everything in one Tekton document that Tekton would refuse, or that could not work when it runs; nothing for documents
 * of other software and for kinds of Tekton that people do not write. Never throws, whatever the document holds.
 */
export function tektonFaults(source: SourceDocument): TektonFault[] {
  const { value } = source;
  if (!isRecord(value) || typeof value["kind"] !== "string") return [];
  const { apiVersion, kind } = value;
  if (typeof apiVersion === "string" && !isOfTekton(apiVersion)) return [];
  const gone = goneKinds.get(kind);
  if (gone !== undefined && typeof apiVersion === "string") return [goneKindFault(kind, gone)];
  if (kind === "StepAction") return objectFaults(value, stepAction, stepActionFaults);
  if (!kinds.includes(kind)) return typeof apiVersion === "string" ? unknownKindFaults(kind) : [];
  if (apiVersion === `${group}/v1alpha1`) return [goneVersionFault()];
  return [...v1beta1Faults(value), ...faultsOfKind(kind, value)];
}

function faultsOfKind(kind: string, document: Document): TektonFault[] {
  switch (kind) {
    case "Task":
      return objectFaults(document, task, taskFaults);
    case "Pipeline":
      return objectFaults(document, pipeline, pipelineFaults);
    case "PipelineRun":
      return objectFaults(document, pipelineRun, pipelineRunFaults);
    default:
      return objectFaults(document, taskRun, taskRunFaults);
  }
}

/** Also where the group is misspelt; its subgroups, such as triggers.tekton.dev, have kinds of their own. */
function isOfTekton(apiVersion: string): boolean {
  const [written = ""] = apiVersion.split("/");
  if (written === group || written.endsWith(`.${group}`)) return written === group;
  return nearestName(written, ["tekton", group]) !== undefined;
}

function goneKindFault(kind: string, help: string): TektonFault {
  const message = `Tekton has no ${kind} any more.`;
  return { rule: "tekton-gone", path: ["kind"], part: "value", message, help };
}

function goneVersionFault(): TektonFault {
  return {
    rule: "tekton-gone",
    path: ["apiVersion"],
    part: "value",
    message: "Tekton has no v1alpha1 of this kind any more.",
    help: "Write it in v1: https://tekton.dev/docs/pipelines/pipeline-api/",
  };
}

/** Of a Pipeline that stands by itself. */
function pipelineFaults({ spec }: Pipeline): TektonFault[] {
  return [
    ...pipelineSpecFaults(spec, ["spec"]),
    ...missingPropertiesFaults(spec.params, ["spec", "params"]),
  ];
}

function unknownKindFaults(kind: string): TektonFault[] {
  const nearest = otherKinds.includes(kind)
    ? undefined
    : nearestName(kind, [...kinds, "StepAction"]);
  if (nearest === undefined) return [];
  return [
    {
      rule: "tekton-invalid",
      path: ["kind"],
      part: "value",
      message: `Tekton has no kind ${quoted(kind)}.`,
      help: `Did you mean ${quoted(nearest)}?`,
      fix: replaceValue(["kind"], nearest),
    },
  ];
}

type TektonObject = Task | StepAction | Pipeline | PipelineRun | TaskRun;

function objectFaults<T extends TektonObject>(
  document: Document,
  schema: z.ZodType<T>,
  rules: (object: T) => readonly TektonFault[],
): TektonFault[] {
  const value = convertV1beta1(withoutNulls(document));
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return asWritten(document, [...nameFaults(parsed.data), ...rules(parsed.data)]);
  }
  const ofSchema = schemaFaults(schema, value, parsed.error.issues);
  const past = readPast(schema, value);
  if (past === undefined) return asWritten(document, ofSchema);
  const { object, misspellings, madeUp } = past;
  const further = [...nameFaults(object), ...rules(object)].filter(
    (fault) => !madeUp.some((place) => isConsequence(fault, place)),
  );
  return asWritten(document, [...ofSchema, ...further], misspellings);
}

/** Rules that tell of what is missing at what is there beside it. */
const ofAbsence: ReadonlySet<TektonRuleId> = new Set<TektonRuleId>([
  "pipeline-when",
  "run-workspace",
  "tekton-reference",
]);

/** Whether a fault would not be told but for a value that was made up or left out. */
function isConsequence({ rule, path }: TektonFault, madeUp: NodePath): boolean {
  const isBeside = ofAbsence.has(rule) && isAtOrBelow(path, madeUp.slice(0, -1));
  return isBeside || isAtOrBelow(path, madeUp);
}

/** The faults with their places as they are in the document, whatever its version and its spelling. */
function asWritten(
  document: unknown,
  faults: readonly TektonFault[],
  misspellings: readonly Misspelling[] = [],
): TektonFault[] {
  return faults.map(({ fix, ...fault }) => ({
    ...fault,
    path: writtenPath(document, fault.path, misspellings),
    ...(fix !== undefined && {
      fix: {
        ...fix,
        edits: fix.edits.map((edit) => ({
          ...edit,
          path: writtenPath(document, edit.path, misspellings),
        })),
      },
    }),
  }));
}
