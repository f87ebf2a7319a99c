import { tektonFaults } from "../../tekton/faults/tekton-faults.ts";
import type { SourceDocument } from "../../yaml/types.ts";
import type { Mistake } from "../checks/mistake.ts";
import { checkPlainValues } from "../checks/tekton-files/check-plain-values.ts";
import { faultMistakes } from "../checks/tekton-files/fault-mistakes.ts";

/** What a Tekton document has wrong by itself; nothing for documents of other software. */
export function tektonMistakes(source: SourceDocument): Mistake[] {
  return [...faultMistakes(source, tektonFaults(source)), ...checkPlainValues(source)];
}
