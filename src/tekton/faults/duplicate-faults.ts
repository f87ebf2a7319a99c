import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import { repeated } from "./repeated.ts";
import type { TektonFault } from "./tekton-fault.ts";

interface Named {
  readonly name: string;
}

/** Names that stand twice in a list of named things; `kind` is what one of them is. */
export function duplicateFaults(
  list: readonly Named[] | undefined,
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

/** The same where Tekton takes capital letters for small ones. */
export function caselessDuplicateFaults(
  list: readonly Named[] | undefined,
  at: NodePath,
  kind: string,
): TektonFault[] {
  return duplicateFaults(
    list?.map(({ name }) => ({ name: name.toLowerCase() })),
    at,
    kind,
  );
}
