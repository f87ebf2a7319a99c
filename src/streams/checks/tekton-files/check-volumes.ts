import { canonicalJson } from "../../json.ts";
import { quoted } from "../../../quoted.ts";
import type { Sourced } from "../../repository.ts";
import type { PersistentVolume } from "../../tekton-files/kubernetes-schemas.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import type { NodePath } from "../../../yaml/types.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { groupBy } from "./group-by.ts";
import { tellOther } from "./tell-other.ts";

interface Storage {
  readonly volume: Sourced<PersistentVolume>;
  readonly what: string;
  readonly at: NodePath;
  /** Equal for volumes that hold their data at the same place. */
  readonly identity: string;
}

/** Persistent volumes that are one and the same storage. */
export function checkVolumes({ volumes }: TektonObjects): Mistake[] {
  const storages = groupBy(volumes.flatMap(storageOf), ({ identity }) => identity);
  return [...storages.values()]
    .filter((group) => new Set(group.map(({ volume }) => nameOf(volume))).size > 1)
    .flatMap((group) =>
      group.map((storage) => {
        const { volume, what, at } = storage;
        const other = tellOther(group, storage, (one) => {
          return { path: one.volume.path, name: nameOf(one.volume) };
        });
        return mistakeAt(volume.source, "persistent-volume-shared", at, "value", {
          message: `The volume ${quoted(nameOf(volume))} is ${quoted(what)}, and so is ${other}.`,
          help: "Give each volume a device or a folder of its own: what one run writes, another deletes.",
        });
      }),
    );
}

function storageOf(volume: Sourced<PersistentVolume>): Storage[] {
  const { local, hostPath, nfs, nodeAffinity } = volume.value.spec;
  const node = canonicalJson(nodeAffinity?.required ?? null);
  const kinds = [
    { kind: "local", path: local?.path, place: node },
    { kind: "hostPath", path: hostPath?.path, place: node },
    { kind: "nfs", path: nfs?.path, place: nfs?.server ?? "" },
  ];
  return kinds.flatMap(({ kind, path, place }) => {
    if (path === undefined) return [];
    const what = kind === "nfs" ? `${place}:${path}` : path;
    const identity = canonicalJson([kind === "nfs", path.replace(/\/+$/, ""), place]);
    return [{ volume, what, at: ["spec", kind, "path"], identity }];
  });
}

function nameOf({ value }: Sourced<PersistentVolume>): string {
  return value.metadata.name ?? "";
}
