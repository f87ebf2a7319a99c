import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import { repeated } from "./repeated.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** Names that stand twice in a list of named things; `kind` is what one of them is. */
export function duplicateFaults(
  list: readonly { readonly name: string }[] | undefined,
  at: NodePath,
  kind: string,
): TektonFault[] {
  const names = (list ?? []).map(({ name }) => name);
  return repeated(names).map((index) => ({
    rule: "tekton-duplicate",
    path: [...at, index, "name"],
    part: "value",
    message: `There is another ${kind} ${quoted(names[index])} before this one.`,
    help: "Rename or remove one of the two.",
  }));
}
