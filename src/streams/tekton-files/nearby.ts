import type { Sourced } from "../repository.ts";

/** The object of a name that stands nearest to a file: in its own folder, or else in the first folder above with one below it. */
export type Nearby<T> = (name: string, path: string) => Sourced<T> | undefined;

interface Named {
  readonly metadata: { readonly name?: string | undefined };
}

/** Looks objects up as people who keep several sets of files side by side mean them. */
export function nearby<T extends Named>(objects: Iterable<Sourced<T>>): Nearby<T> {
  const found = new Map<string, Sourced<T>>();
  for (const object of objects) {
    const { name } = object.value.metadata;
    if (name === undefined) continue;
    for (const folder of foldersOf(object.path)) {
      const key = keyOf(folder, name);
      if (!found.has(key)) found.set(key, object);
    }
  }
  return (name, path) => {
    for (const folder of foldersOf(path)) {
      const object = found.get(keyOf(folder, name));
      if (object !== undefined) return object;
    }
    return undefined;
  };
}

/** The folders around a file, the nearest first and the root, which is "", last. */
export function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join("/")), ""];
}

function keyOf(folder: string, name: string): string {
  return `${folder}\0${name}`;
}
