import { tektonFaults } from "../../tekton/faults/tekton-faults.ts";
import type { TektonRuleId } from "../../tekton/faults/tekton-fault.ts";
import type { SourceDocument } from "../../yaml/types.ts";

/** What Tekton takes, and does as it is written. */
const taken: readonly TektonRuleId[] = ["tekton-v1beta1", "timeout-unreachable"];

/** What a cluster may refuse of a document, or leave as it stands, where this machine goes on: a line each. */
export function doubtsOf(document: SourceDocument): readonly string[] {
  return tektonFaults(document)
    .filter(({ rule }) => !taken.includes(rule))
    .map(({ path, part, piece, message, help, rule }) => {
      const { line, column } = document.rangeOf(path, part, piece);
      return `${document.file}:${line}:${column}  ${message} ${help} (${rule})`;
    });
}
