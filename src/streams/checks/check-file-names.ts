import type { Checkable } from "./checkable.ts";
import { mistakeAt, mistakeOfFile } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";

/** Paths that differ in capital letters only, and Tekton objects of one name. */
export function checkFileNames({ files, pipelines, tasks }: Checkable): Mistake[] {
  return [
    ...samePaths(files.keys()),
    ...sameNames("Pipeline", pipelines.values()),
    ...sameNames("Task", tasks.values()),
  ];
}

function samePaths(paths: Iterable<string>): Mistake[] {
  const first = new Map<string, string>();
  const mistakes: Mistake[] = [];
  for (const path of paths) {
    const plain = path.toLowerCase();
    const other = first.get(plain);
    if (other === undefined) first.set(plain, path);
    else {
      mistakes.push(
        mistakeOfFile(path, "file-case-collision", {
          message: `The path differs from ${other} in capital letters only.`,
          help: "Rename one of the two; macOS and Windows keep only one of them.",
        }),
      );
    }
  }
  return mistakes;
}

interface TektonObject {
  readonly metadata: { readonly name?: string; readonly namespace?: string };
}

function sameNames(kind: string, objects: Iterable<Sourced<TektonObject>>): Mistake[] {
  const first = new Map<string, string>();
  return [...objects].flatMap(({ path, source, value: { metadata } }) => {
    const { name, namespace = "" } = metadata;
    const key = `${namespace}/${name ?? ""}`;
    const other = first.get(key);
    if (name === undefined || other === undefined) {
      first.set(key, path);
      return [];
    }
    return [
      mistakeAt(source, "tekton-name-duplicate", ["metadata", "name"], "value", {
        message: `${quoted(name)} is also the name of the ${kind} in ${other}.`,
        help: "Rename one of the two; a cluster keeps only the one that is applied last.",
      }),
    ];
  });
}
