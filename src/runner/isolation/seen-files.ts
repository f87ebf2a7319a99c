import { realpathSync } from "node:fs";
import { join } from "node:path";
import type { Mount } from "./types.ts";

/** What a container sees of this machine's files. */
export interface SeenFiles {
  /** Where this machine has what stands at a path; undefined where that ends with the container, or is not known here. */
  find(path: string): string | undefined;
  /** Whether the container could see a file of this machine, named by its real path. */
  holds(file: string): boolean;
}

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

/** Of a container with these mounts, and directories of the system that it sees where they are. */
export function seenFiles(mounts: readonly Mount[], system: readonly string[] = []): SeenFiles {
  const shown = [...system.map((path) => ({ source: path, target: path })), ...mounts];
  return {
    find: (path) => {
      const [first, ...others] = shown.filter(({ target }) => isBelow(path, target));
      if (first === undefined) return undefined;
      const { source, target } = others.reduce(
        (longest, one) => (one.target.length > longest.target.length ? one : longest),
        first,
      );
      return join(source, path.slice(target.length));
    },
    holds: (file) => shown.some(({ source }) => isBelow(file, realpathSync(source))),
  };
}
