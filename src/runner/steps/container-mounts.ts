import { join } from "node:path";
import { failed, ok, type Result } from "../../problem.ts";
import { expandEnvironment, substituteText, type Variables } from "../../tekton/substitute.ts";
import type { VolumeMount, WorkspaceUsage } from "../../tekton/types.ts";
import type { Mount } from "../isolation/types.ts";
import type { TaskPod } from "../task-pod.ts";
import { subPath } from "../volumes/sub-path.ts";

interface MountWishes {
  readonly volumeMounts?: readonly VolumeMount[];
  readonly workspaces?: readonly WorkspaceUsage[];
}

/** Names of the workspaces that only those see which ask for them. */
export function isolatedWorkspaces({ spec }: TaskPod): ReadonlySet<string> {
  const users = [...spec.steps, ...(spec.sidecars ?? [])];
  return new Set(users.flatMap(({ workspaces = [] }) => workspaces.map(({ name }) => name)));
}

function workspaceMounts(pod: TaskPod, usages: readonly WorkspaceUsage[]): readonly Mount[] {
  const isolated = isolatedWorkspaces(pod);
  return pod.workspaces.flatMap(({ name, mount }) => {
    const usage = usages.find((candidate) => candidate.name === name);
    if (mount === undefined || (isolated.has(name) && usage === undefined)) return [];
    return [{ ...mount, target: usage?.mountPath ?? mount.target }];
  });
}

async function volumeMount(
  pod: TaskPod,
  { name, mountPath, subPath: path, subPathExpr, readOnly = false }: VolumeMount,
  variables: Variables,
  environment: Readonly<Record<string, string>>,
): Promise<Result<Mount>> {
  const where = `volumeMount "${name}"`;
  const volume = pod.volumes.get(substituteText(name, variables));
  if (volume === undefined) {
    return failed({ kind: "not-found", what: "the Task has no volume of that name", where });
  }
  const below =
    subPathExpr === undefined
      ? substituteText(path ?? "", variables)
      : expandEnvironment(substituteText(subPathExpr, variables), environment);
  const source = await subPath(volume.directory, below);
  if (!source.ok) return failed({ ...source.problem, where });
  const target = substituteText(mountPath, variables);
  if (!target.startsWith("/") || target.split("/").includes("..") || target === "/") {
    return failed({ kind: "refused", what: `nothing can stand at ${target}`, where });
  }
  return ok({ source: source.value, target, readOnly: readOnly || volume.readOnly });
}

/** What the step at this position may write below /tekton, and what it may only read. */
export function stepMounts({ directories, spec }: TaskPod, index: number): readonly Mount[] {
  const own = (path: string, readOnly: boolean): Mount => ({
    source: join(directories.tekton, path),
    target: `/tekton/${path}`,
    readOnly,
  });
  const results = (spec.steps[index]?.results ?? []).length > 0;
  return [
    { source: directories.workspace, target: "/workspace", readOnly: false },
    ...["results", "home", "creds", "artifacts"].map((path) => own(path, false)),
    ...["scripts", "steps", "run"].map((path) => own(path, true)),
    own(`run/${index}/status/artifacts`, false),
    ...(results ? [own(`run/${index}/status/results`, false)] : []),
  ];
}

/** The same for a sidecar, which has no /workspace of its own. */
export function sidecarMounts({ directories }: TaskPod): readonly Mount[] {
  return ["scripts", "run"].map((path) => ({
    source: join(directories.tekton, path),
    target: `/tekton/${path}`,
    readOnly: true,
  }));
}

/**
 * Everything that a container has mounted: `base`, its workspaces and its volumes, of which the last at a path wins.
 * A problem names the volume that is missing or leads elsewhere.
 */
export async function containerMounts(
  pod: TaskPod,
  base: readonly Mount[],
  { volumeMounts = [], workspaces = [] }: MountWishes,
  variables: Variables,
  environment: Readonly<Record<string, string>>,
): Promise<Result<readonly Mount[]>> {
  const mounts = new Map<string, Mount>();
  for (const mount of [...base, ...workspaceMounts(pod, workspaces)])
    mounts.set(mount.target, mount);
  for (const wish of volumeMounts) {
    const mount = await volumeMount(pod, wish, variables, environment);
    if (!mount.ok) return mount;
    mounts.set(mount.value.target.replace(/\/+$/, ""), mount.value);
  }
  return ok([...mounts.values()]);
}
