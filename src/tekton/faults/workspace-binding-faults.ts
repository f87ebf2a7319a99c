import { quoted } from "../../quoted.ts";
import type { WorkspaceBinding, WorkspaceDeclaration } from "../types.ts";
import type { TektonFault } from "./tekton-fault.ts";

const sources = [
  "emptyDir",
  "persistentVolumeClaim",
  "volumeClaimTemplate",
  "secret",
  "configMap",
  "projected",
  "csi",
] as const;

/** What is wrong with the workspaces that a run binds; `declared` are those of its embedded spec, where it has one. */
export function workspaceBindingFaults(
  workspaces: readonly WorkspaceBinding[] | undefined,
  declared: readonly WorkspaceDeclaration[] | undefined,
): TektonFault[] {
  const bindings = workspaces ?? [];
  const bound = new Set(bindings.map(({ name }) => name));
  return [
    ...bindings.flatMap(sourceFaults),
    ...(declared ?? [])
      .filter(({ name, optional }) => optional !== true && !bound.has(name))
      .map(({ name }): TektonFault => {
        return {
          rule: "run-workspace",
          path: workspaces === undefined ? ["spec"] : ["spec", "workspaces"],
          part: "key",
          message: `The workspace ${quoted(name)} is not bound.`,
          help: "Bind it under `workspaces` of the run, or declare it with `optional: true`.",
        };
      }),
  ];
}

function sourceFaults(binding: WorkspaceBinding, index: number): TektonFault[] {
  const [first, second] = sources.filter((source) => binding[source] !== undefined);
  const path = ["spec", "workspaces", index];
  if (first === undefined) {
    return [
      {
        rule: "run-workspace",
        path: [...path, "name"],
        part: "value",
        message: `The workspace ${quoted(binding.name)} is bound to no volume.`,
        help: `Add one of ${sources.join(", ")}.`,
      },
    ];
  }
  if (second === undefined) return [];
  return [
    {
      rule: "run-workspace",
      path: [...path, second],
      part: "key",
      message: `The workspace ${quoted(binding.name)} is bound to both \`${first}\` and \`${second}\`.`,
      help: "Keep one of the two.",
    },
  ];
}
