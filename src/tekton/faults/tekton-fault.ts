import type { NodeEdit } from "../../yaml/node-edit.ts";
import type { NodePath } from "../../yaml/types.ts";

/** The rules of every Tekton object, and of Tasks. */
export type TektonObjectRuleId =
  | "tekton-invalid"
  | "tekton-unknown-field"
  | "tekton-missing-field"
  | "tekton-name"
  | "tekton-duplicate"
  | "tekton-gone"
  | "tekton-v1beta1"
  | "param-declaration"
  | "step-without-image"
  | "step-contradiction"
  | "variable-undeclared"
  | "variable-misplaced"
  | "mount-collision"
  | "volume-undeclared";

/** The rules of Pipelines and runs. */
export type TektonPipelineRuleId =
  | "tekton-reference"
  | "tekton-timeout"
  | "timeout-unreachable"
  | "pipeline-cycle"
  | "pipeline-task-unknown"
  | "pipeline-finally"
  | "pipeline-matrix"
  | "pipeline-when"
  | "pipeline-retries"
  | "pipeline-result"
  | "task-result-unknown"
  | "workspace-undeclared"
  | "run-workspace"
  | "run-task-unknown"
  | "run-param-unknown"
  | "run-param-missing"
  | "run-param-value";

/** The rules of a Pipeline and the Tasks that it refers to. */
export type TektonUseRuleId =
  | "task-param-unknown"
  | "task-param-missing"
  | "task-param-type"
  | "task-param-value"
  | "task-workspace-unknown"
  | "task-workspace-missing"
  | "task-workspace-optional";

/** The rules that Tekton documents can break; each is explained in the table of rules of `streams`. */
export type TektonRuleId = TektonObjectRuleId | TektonPipelineRuleId | TektonUseRuleId;

/** One thing in a Tekton document that Tekton would refuse, or that could not work when it runs. */
export interface TektonFault {
  readonly rule: TektonRuleId;
  /** The way to the node; in what `tektonFaults` gives, in the document as it is written, v1beta1 included. */
  readonly path: NodePath;
  readonly part: "key" | "value";
  /** The piece of the value that is wrong, such as one `$(…)` of a script, where it is not all of it. */
  readonly piece?: string;
  readonly message: string;
  readonly help: string;
  readonly fix?: { readonly title: string; readonly edits: readonly NodeEdit[] };
}
