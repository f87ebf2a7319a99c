import type { BuildInputs } from "./build-inputs.ts";

const longest = 60;

/** Why a stream would be built again, in words, a line for each input that differs; empty where none does. */
export function explainInputs(before: BuildInputs, after: BuildInputs): string[] {
  if (before === after) return [];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    return old === now ? [] : [explain(name, old, now)];
  });
}

function explain(name: string, old: string | undefined, now: string | undefined): string {
  if (name.startsWith("tekton/")) {
    const kind = name.startsWith("tekton/pipelines/") ? "pipeline" : "task";
    if (old === undefined) return `${kind} ${name} added`;
    return now === undefined ? `${kind} ${name} removed` : `${kind} ${name} changed`;
  }
  const shown = name.replace(/^build\.params\./, "param ").replace(/^build\./, "");
  if (old === undefined) return `${shown} set: ${brief(now)}`;
  return now === undefined ? `${shown} removed` : `${shown}: ${brief(old)} -> ${brief(now)}`;
}

/** Values are canonical JSON; a plain string needs no quotes to be read. */
function brief(value: string | undefined): string {
  const text = (value ?? "").replace(/^"(.*)"$/s, "$1");
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
