import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { Step } from "../types.ts";
import { stringsAt } from "./strings-at.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** One of Tekton's variables whose name holds one of the shell. */
const nested = /\$\((?:params|results|step\.results|context|workspaces)[.[][^()\n]*\$[^()\n]*\)/g;

/** Variables of Tekton in whose names the shell would have to fill in something first. */
export function nestedVariableFaults(
  { image, workingDir, script, command, args, env }: Step,
  at: NodePath,
): TektonFault[] {
  const fields = { image, workingDir, script, command, args, env };
  return stringsAt(fields, at).flatMap(({ text, path }) => {
    const written = new Set([...text.matchAll(nested)].map(([piece]) => piece));
    return [...written].map((piece) => ({
      rule: "variable-undeclared" as const,
      path,
      part: "value" as const,
      piece,
      message: `${quoted(piece)} can't be filled in: Tekton reads it before the shell knows its variables.`,
      help: "Write out each name, or take an array or object and let the shell choose from it.",
    }));
  });
}
