import { tektonFaults } from "../../tekton/faults/tekton-faults.ts";
import type { SourceDocument } from "../../yaml/types.ts";
import { mistakeAt } from "../checks/mistake.ts";
import type { Mistake } from "../checks/mistake.ts";

/** What a Tekton document has wrong by itself; nothing for documents of other software. */
export function tektonMistakes(source: SourceDocument): Mistake[] {
  return tektonFaults(source).map(({ rule, path, part, ...text }) =>
    mistakeAt(source, rule, path, part, text),
  );
}
