import type { WorkspaceSource } from "../streams/types.ts";

/**
 * How a run's workspaces are bound, such as `cache=emptyDir,registry=persistentVolumeClaim`, sorted by name. A template
 * can fill in the name of a claim or secret but not its kind, so each combination has a trigger whose filter compares
 * this: a run is never started with a workspace bound otherwise than its stream says.
 */
export function workspaceKinds(workspaces: Readonly<Record<string, WorkspaceSource>>): string {
  return Object.entries(workspaces)
    .map(([name, from]) => `${name}=${Object.keys(from)[0] ?? ""}`)
    .sort()
    .join(",");
}
