import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { failed, ok, type Result } from "../../problem.ts";
import type { ConfigMapSource, ProjectedSource, VolumeSource } from "../../tekton/types.ts";
import type { PodIdentity } from "../pod-identity.ts";
import type { KeyedData } from "../types.ts";
import { writeDownward } from "./write-downward.ts";
import { writeKeys } from "./write-keys.ts";

/** The files of a volume on this machine. */
export interface OpenVolume {
  readonly directory: string;
  readonly claim: string;
  readonly readOnly: boolean;
}

export interface VolumePlaces {
  /** Holds a directory per claim; outlives the runs. */
  readonly claims: string;
  /** Of this attempt of this TaskRun alone. */
  readonly own: string;
  readonly secrets: KeyedData;
  readonly configMaps: KeyedData;
  readonly identity: PodIdentity;
}

/** What can be opened here; of a projected volume the same holds for its sources. */
export const volumeKinds = [
  "emptyDir",
  "persistentVolumeClaim",
  "secret",
  "configMap",
  "projected",
  "downwardAPI",
];

const objectName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

async function writeObject(
  directory: string,
  kind: "secret" | "config map",
  { name = "", ...options }: ConfigMapSource,
  places: VolumePlaces,
): Promise<Result<void>> {
  const data = kind === "secret" ? places.secrets : places.configMaps;
  const keys = Object.hasOwn(data, name) ? data[name] : undefined;
  if (keys !== undefined) {
    const written = await writeKeys(directory, keys, options);
    return written.ok ? written : failed({ ...written.problem, where: `${kind} "${name}"` });
  }
  if (options.optional === true) return ok(undefined);
  return failed({ kind: "not-found", what: `there is no ${kind} "${name}"` });
}

async function writeProjected(
  directory: string,
  { sources = [], defaultMode }: ProjectedSource,
  places: VolumePlaces,
): Promise<Result<void>> {
  const modes = defaultMode === undefined ? {} : { defaultMode };
  for (const { secret, configMap, downwardAPI } of sources) {
    const written =
      secret !== undefined
        ? await writeObject(directory, "secret", { ...secret, ...modes }, places)
        : configMap !== undefined
          ? await writeObject(directory, "config map", { ...configMap, ...modes }, places)
          : await writeDownward(directory, downwardAPI, places.identity);
    if (!written.ok) return written;
  }
  return ok(undefined);
}

/** A claim is a directory that is made when it is first used, and shared by all runs. */
async function openClaim(claim: string, claims: string): Promise<Result<string>> {
  if (!objectName.test(claim)) {
    return failed({ kind: "invalid", what: `"${claim}" is no name of a claim` });
  }
  const directory = join(claims, claim);
  await mkdir(directory, { recursive: true });
  return ok(directory);
}

/** The volume that a source describes, its files written; an emptyDir without any. `name` has to be unique in the attempt. */
export async function openVolume(
  name: string,
  source: VolumeSource & { readonly downwardAPI?: unknown },
  places: VolumePlaces,
): Promise<Result<OpenVolume>> {
  const { persistentVolumeClaim: claim, secret, configMap, projected, downwardAPI } = source;
  if (claim !== undefined) {
    const opened = await openClaim(claim.claimName, places.claims);
    if (!opened.ok) return opened;
    const readOnly = claim.readOnly === true;
    return ok({ directory: opened.value, claim: claim.claimName, readOnly });
  }
  const directory = join(places.own, name);
  await mkdir(directory, { recursive: true });
  const written =
    secret !== undefined
      ? await writeObject(directory, "secret", { ...secret, name: secret.secretName ?? "" }, places)
      : configMap !== undefined
        ? await writeObject(directory, "config map", configMap, places)
        : projected !== undefined
          ? await writeProjected(directory, projected, places)
          : downwardAPI !== undefined
            ? await writeDownward(directory, downwardAPI, places.identity)
            : ok(undefined);
  if (!written.ok) return written;
  const filled = [secret, configMap, projected, downwardAPI].some((one) => one !== undefined);
  return ok({ directory, claim: "", readOnly: filled });
}
