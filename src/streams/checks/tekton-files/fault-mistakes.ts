import type { TektonFault } from "../../../tekton/faults/tekton-fault.ts";
import type { SourceDocument } from "../../../yaml/types.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** The faults of a Tekton document as mistakes of its file. */
export function faultMistakes(source: SourceDocument, faults: readonly TektonFault[]): Mistake[] {
  return faults.map((fault) => mistakeAt(source, fault.rule, fault.path, fault.part, fault));
}
