import { createHash } from "node:crypto";
import { lstat, mkdir, realpath, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { failed, ok, type Result } from "../problem.ts";
import type { WorkspaceBinding, WorkspaceDeclaration } from "../tekton/types.ts";
import type { Isolation, Mount } from "./isolation.ts";
import type { KeyedData } from "./types.ts";

export interface BoundWorkspace {
  readonly name: string;
  /** Where the steps see it; empty where it is optional and not bound. */
  readonly path: string;
  readonly bound: boolean;
  readonly claim: string;
  readonly mount?: Mount;
}

export interface VolumePlaces {
  /** Holds a directory per claim; outlives the runs. */
  readonly claims: string;
  /** Of this attempt of this TaskRun alone. */
  readonly own: string;
  readonly secrets: KeyedData;
  readonly configMaps: KeyedData;
}

const objectName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
const keyName = /^[-._a-zA-Z0-9]{1,253}$/;

/** The claim that a run's volumeClaimTemplate gives; one per run and workspace. */
export function templateClaimName(runUid: string, workspace: string): string {
  const digest = createHash("sha256").update(`${runUid}/${workspace}`).digest("hex");
  return `pvc-${digest.slice(0, 10)}`;
}

async function writeKeys(directory: string, data: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const keys = Object.entries(data).filter(([key]) => keyName.test(key) && !key.startsWith(".."));
  await Promise.all(
    keys.map(([key, value]) => writeFile(join(directory, key), value, { mode: 0o600 })),
  );
}

/** A directory below a volume, made where it is missing; steps could have laid links that lead out of the volume. */
async function subDirectory(volume: string, subPath: string): Promise<Result<string>> {
  const parts = subPath.split("/").filter((part) => part !== "");
  const refusal = failed({
    kind: "refused",
    what: `the subPath "${subPath}" leads out of its volume`,
  });
  if (parts.includes("..") || subPath.startsWith("/")) return refusal;
  let directory = await realpath(volume);
  for (const part of parts) {
    directory = join(directory, part);
    await mkdir(directory).catch(() => undefined);
    if (!(await lstat(directory)).isDirectory()) return refusal;
  }
  return directory.startsWith((await realpath(volume)) + sep) || parts.length === 0
    ? ok(directory)
    : refusal;
}

async function volumeOf(
  binding: WorkspaceBinding,
  places: VolumePlaces,
): Promise<
  Result<{ readonly directory: string; readonly claim: string; readonly fixed: boolean }>
> {
  const own = join(places.own, binding.name);
  if (binding.emptyDir !== undefined) {
    await mkdir(own, { recursive: true });
    return ok({ directory: own, claim: "", fixed: false });
  }
  if (binding.persistentVolumeClaim !== undefined) {
    const claim = binding.persistentVolumeClaim.claimName;
    if (!objectName.test(claim)) {
      return failed({ kind: "invalid", what: `"${claim}" is no name of a claim` });
    }
    await mkdir(join(places.claims, claim), { recursive: true });
    return ok({ directory: join(places.claims, claim), claim, fixed: false });
  }
  const [kind, name, data] =
    binding.secret === undefined
      ? ["config map", binding.configMap?.name ?? "", places.configMaps]
      : ["secret", binding.secret.secretName, places.secrets];
  const keys = Object.hasOwn(data, name) ? data[name] : undefined;
  if (keys === undefined) {
    return failed({ kind: "not-found", what: `there is no ${kind} "${name}"` });
  }
  await writeKeys(own, keys);
  return ok({ directory: own, claim: "", fixed: true });
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
      return failed({ kind: "invalid", what: `workspace "${name}" is declared and not bound` });
    }
    if (binding === undefined) {
      bound.push({ name, path: "", bound: false, claim: "" });
      continue;
    }
    const volume = await volumeOf(binding, places);
    if (!volume.ok) return failed({ ...volume.problem, where: `workspace "${name}"` });
    const source = await subDirectory(volume.value.directory, binding.subPath ?? "");
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
      mount: { source: source.value, target, readOnly: readOnly || volume.value.fixed },
    });
  }
  return ok(bound);
}
