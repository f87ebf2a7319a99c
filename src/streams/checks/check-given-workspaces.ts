import type { Pipeline } from "../../tekton/types.ts";
import { renameKey } from "../../yaml/node-fix.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";
import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";

/** The workspaces that a use binds, against those that its pipeline declares. */
export function checkGivenWorkspaces(
  { source, at, use }: PipelineUseSite,
  { metadata, spec }: Pipeline,
): Mistake[] {
  const bound = Object.keys(use.workspaces ?? {});
  const declared = spec.workspaces ?? [];
  const names = declared.map(({ name }) => name);
  const path = [...at, "workspaces"];
  const unknown = bound
    .filter((name) => !names.includes(name))
    .map((name) => {
      const nearest = nearestName(name, names);
      return mistakeAt(source, "workspace-unknown", [...path, name], "key", {
        message: `The pipeline ${quoted(metadata.name)} has no workspace ${quoted(name)}.`,
        help: suggestName(name, names, "workspace"),
        ...(nearest !== undefined && { fix: renameKey([...path, name], nearest) }),
      });
    });
  // A misspelt name is one mistake, not an unknown and a missing workspace.
  const unbound = names.filter((name) => !bound.includes(name));
  const meant = bound
    .filter((name) => !names.includes(name))
    .map((name) => nearestName(name, unbound));
  const missing = declared
    .filter(({ name, optional }) => optional !== true && unbound.includes(name))
    .filter(({ name }) => !meant.includes(name) && !source.isGuess?.([...path, name]))
    .map(({ name }) =>
      mistakeAt(source, "workspace-missing", path, "key", {
        message: `The workspace ${quoted(name)} of the pipeline ${quoted(metadata.name)} is not bound.`,
        help: `Add \`${name}:\` under \`workspaces\`, with emptyDir, persistentVolumeClaim, volumeClaimTemplate, secret or configMap.`,
      }),
    );
  return [...unknown, ...missing];
}
