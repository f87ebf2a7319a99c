import { lstatSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { maximumFileSize, watchedPaths } from "../streams/repository.ts";
import type { RepositoryFile } from "../streams/repository.ts";

/** The files of a working tree that a streams repository consists of; links are told, never followed. */
export async function readWorkingTree(root: string): Promise<RepositoryFile[]> {
  const files = await Promise.all(watchedPaths.map((path) => readPath(root, path)));
  return files.flat();
}

async function readPath(root: string, path: string): Promise<RepositoryFile[]> {
  const place = join(root, path);
  const stats = lstatSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (stats.isDirectory()) {
    const names = await readdir(place);
    const files = await Promise.all(names.map((name) => readPath(root, `${path}/${name}`)));
    return files.flat();
  }
  const { size } = stats;
  if (stats.isSymbolicLink()) return [{ path, mode: "symlink", size }];
  const mode = (stats.mode & 0o111) === 0 ? "file" : "executable";
  if (!stats.isFile() || size > maximumFileSize) return [{ path, mode, size }];
  return [{ path, mode, size, content: await readFile(place) }];
}
