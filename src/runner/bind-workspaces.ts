import { createHash } from "node:crypto";
import { failed, ok, type Result } from "../problem.ts";
import type { WorkspaceBinding, WorkspaceDeclaration } from "../tekton/types.ts";
import type { Isolation } from "./isolation/types.ts";
import { openVolume, type OpenVolume, type VolumePlaces } from "./volumes/open-volume.ts";
import { subPath } from "./volumes/sub-path.ts";

export interface BoundWorkspace {
  readonly name: string;
  /** Where steps see it unless they say otherwise; empty where it is optional and not bound. */
  readonly path: string;
  readonly bound: boolean;
  readonly claim: string;
  /** The volume behind it, whole: what a volumeMount shows that names it. */
  readonly volume?: OpenVolume;
  readonly mount?: { readonly source: string; readonly target: string; readonly readOnly: boolean };
}

/** The claim that a run's volumeClaimTemplate gives; one per run and workspace. */
export function templateClaimName(runUid: string, workspace: string): string {
  const digest = createHash("sha256").update(`${runUid}/${workspace}`).digest("hex");
  return `pvc-${digest.slice(0, 10)}`;
}

/** The volume of a workspace, as `$(workspaces.NAME.volume)` tells it. */
export function workspaceVolumeName(workspace: string): string {
  return `ws-${createHash("sha256").update(workspace).digest("hex").slice(0, 5)}`;
}

/**
 * The directories that a TaskRun's declared workspaces are bound to, made where they are new. A problem names the
 * workspace that has no binding, or whose secret, config map, claim or subPath cannot be used.
 */
export async function bindWorkspaces(
  declarations: readonly WorkspaceDeclaration[],
  bindings: readonly WorkspaceBinding[],
  places: VolumePlaces,
  isolation: Isolation,
): Promise<Result<readonly BoundWorkspace[]>> {
  const bound: BoundWorkspace[] = [];
  for (const { name, mountPath, readOnly = false, optional = false } of declarations) {
    const binding = bindings.find((candidate) => candidate.name === name);
    if (binding === undefined && !optional) {
      const what = `[User error] declared workspace "${name}" is required but has not been bound`;
      return failed({ kind: "invalid", what });
    }
    if (binding === undefined) {
      bound.push({ name, path: "", bound: false, claim: "" });
      continue;
    }
    const volume = await openVolume(`workspace-${name}`, binding, places);
    if (!volume.ok) return failed({ ...volume.problem, where: `workspace "${name}"` });
    const source = await subPath(volume.value.directory, binding.subPath ?? "");
    if (!source.ok) return failed({ ...source.problem, where: `workspace "${name}"` });
    const target = mountPath ?? `/workspace/${name}`;
    if (!/^\/[^\0]/.test(target) || target.split("/").includes("..")) {
      return failed({ kind: "refused", what: `workspace "${name}" cannot stand at ${target}` });
    }
    bound.push({
      name,
      path: isolation.locate(source.value, target),
      bound: true,
      claim: volume.value.claim,
      volume: volume.value,
      mount: { source: source.value, target, readOnly: readOnly || volume.value.readOnly },
    });
  }
  return ok(bound);
}
