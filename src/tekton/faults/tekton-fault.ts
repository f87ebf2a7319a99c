import type { NodeEdit } from "../../yaml/node-edit.ts";
import type { NodePath } from "../../yaml/types.ts";

/** The rules of Tekton that a document can break by itself; each is explained in the table of rules of `streams`. */
export type TektonRuleId = "tekton-invalid" | "tekton-unknown-field";

/** One thing in a Tekton document that Tekton would refuse, or that could not work when it runs. */
export interface TektonFault {
  readonly rule: TektonRuleId;
  /** The way to the node in the document as it is written, v1beta1 included. */
  readonly path: NodePath;
  readonly part: "key" | "value";
  readonly message: string;
  readonly help: string;
  readonly fix?: { readonly title: string; readonly edits: readonly NodeEdit[] };
}
