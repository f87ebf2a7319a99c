import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { failed, ok, type Result } from "../problem.ts";
import { substituteDeep } from "../tekton/substitute-deep.ts";
import { substituteText, type Variables } from "../tekton/substitute.ts";
import type { ParamValue, Volume, WorkspaceDeclaration } from "../tekton/types.ts";
import { bindWorkspaces, workspaceVolumeName, type BoundWorkspace } from "./bind-workspaces.ts";
import type { RunnerContext } from "./context.ts";
import { credentialFiles } from "./credential-files.ts";
import type { CredentialFile } from "./git-credential-files.ts";
import { makeDirectories } from "./make-directories.ts";
import type { TaskWork } from "./run-task.ts";
import type { TaskDirectories, TaskPod } from "./task-pod.ts";
import { taskVariables } from "./task-variables.ts";
import { openVolume, type OpenVolume, type VolumePlaces } from "./volumes/open-volume.ts";

/** Credentials stand where tools look for them, and where `$(credentials.path)` leads. */
function writeCredentials(files: readonly CredentialFile[], directories: TaskDirectories): void {
  for (const { path, text, mode } of files) {
    for (const place of [join(directories.tekton, "creds"), directories.home]) {
      const file = join(place, path);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, text.endsWith("\n") || text === "" ? text : `${text}\n`, { mode });
    }
  }
}

/** An embedded spec sees the run's workspaces without a declaration of its own. */
function declaredWorkspaces({ task, spec }: TaskWork): readonly WorkspaceDeclaration[] {
  const declared = task.spec.workspaces ?? [];
  if (spec.taskSpec === undefined) return declared;
  const names = new Set(declared.map(({ name }) => name));
  const others = (spec.workspaces ?? []).filter(({ name }) => !names.has(name));
  return [...declared, ...others.map(({ name }) => ({ name, optional: true }))];
}

/** Where workspaces stand may be said by params. */
function placedWorkspaces(
  work: TaskWork,
  params: ReadonlyMap<string, ParamValue>,
): readonly WorkspaceDeclaration[] {
  return declaredWorkspaces(work).map((declared) => {
    const { mountPath } = declared;
    if (mountPath?.includes("$(") !== true) return declared;
    const given = [...params].map(([name, value]) => [`params.${name}`, value] as const);
    const variables = new Map([...work.inherited, ...given]);
    return { ...declared, mountPath: substituteText(mountPath, variables) };
  });
}

/** The volumes of a Task by their names, those behind its workspaces among them. */
async function openVolumes(
  volumes: readonly Volume[],
  workspaces: readonly BoundWorkspace[],
  variables: Variables,
  places: VolumePlaces,
): Promise<Result<ReadonlyMap<string, OpenVolume>>> {
  const open = new Map(
    workspaces.flatMap(({ name, volume }) =>
      volume === undefined ? [] : [[workspaceVolumeName(name), volume]],
    ),
  );
  for (const volume of substituteDeep(volumes, variables)) {
    const opened = await openVolume(`volume-${volume.name}`, volume, places);
    if (!opened.ok) return failed({ ...opened.problem, where: `volume "${volume.name}"` });
    open.set(volume.name, opened.value);
  }
  return ok(open);
}

/**
 * Everything that the steps and sidecars of an attempt share, made below `root`: directories, workspaces, volumes and
 * variables. A problem names the workspace or volume that cannot be had.
 */
export async function createPod(
  context: RunnerContext,
  work: TaskWork,
  attempt: { readonly root: string; readonly podName: string; readonly retry: number },
  params: ReadonlyMap<string, ParamValue>,
): Promise<Result<TaskPod>> {
  const { metadata, spec, task } = work;
  const { secrets, configMaps, isolation, stateDirectory } = context;
  const directories = makeDirectories(attempt.root, work, isolation.kind);
  const identity = {
    name: attempt.podName,
    namespace: metadata.namespace,
    uid: metadata.uid,
    labels: { ...metadata.labels, "tekton.dev/taskRun": metadata.name },
    annotations: metadata.annotations ?? {},
    serviceAccountName: spec.serviceAccountName ?? "default",
  };
  const account = Object.hasOwn(context.accounts, identity.serviceAccountName)
    ? context.accounts[identity.serviceAccountName]
    : undefined;
  const creds = isolation.locate(join(directories.tekton, "creds"), "/tekton/creds");
  writeCredentials(credentialFiles(account ?? [], creds), directories);
  const places = {
    claims: join(stateDirectory, "volumes"),
    own: join(attempt.root, "volumes"),
    secrets,
    configMaps,
    identity,
  };
  const bindings = spec.workspaces ?? [];
  const placed = placedWorkspaces(work, params);
  const workspaces = await bindWorkspaces(placed, bindings, places, isolation);
  if (!workspaces.ok) return workspaces;
  const own = taskVariables(
    task.spec,
    metadata,
    task.name,
    attempt.retry,
    params,
    workspaces.value,
    isolation.locate(directories.tekton, "/tekton"),
  );
  const variables = new Map([...work.inherited, ...own]);
  const { podTemplate } = spec;
  const wanted = [...(task.spec.volumes ?? []), ...(podTemplate?.volumes ?? [])];
  const volumes = await openVolumes(wanted, workspaces.value, variables, places);
  if (!volumes.ok) return volumes;
  return ok({
    spec: task.spec,
    variables,
    directories,
    workspaces: workspaces.value,
    volumes: volumes.value,
    sources: { secrets, configMaps, identity },
    env: podTemplate?.env ?? [],
    ...(context.maxResultSize !== undefined && { maxResultSize: context.maxResultSize }),
    logDirectory: join(stateDirectory, "logs", attempt.podName),
  });
}
