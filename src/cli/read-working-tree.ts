import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  readdirSync,
} from "node:fs";
import { join } from "node:path";
import { maximumFileSize, watchedPaths } from "../streams/repository.ts";
import type { RepositoryFile } from "../streams/repository.ts";

/**
 * The files of a working tree that a streams repository consists of; links are told, never followed, and what git
 * knows nothing of (pipes, sockets, devices) is no file of a repository. Reads one after the other without a detour through threads: for thousands of small files that is twice as fast.
 */
export function readWorkingTree(root: string): RepositoryFile[] {
  const files: RepositoryFile[] = [];
  for (const path of watchedPaths) {
    const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (stats !== undefined) addPath(root, path, stats, files);
  }
  return files;
}

interface EntryKind {
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

function addPath(root: string, path: string, kind: EntryKind, files: RepositoryFile[]): void {
  if (kind.isDirectory()) {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      addPath(root, `${path}/${entry.name}`, entry, files);
    }
  } else if (kind.isFile()) {
    files.push(readRegularFile(root, path));
  } else if (kind.isSymbolicLink()) {
    const { size } = lstatSync(join(root, path));
    files.push({ path, mode: "symlink", size });
  }
}

/** One file of a tree, without content where it is too large. */
export function readRegularFile(root: string, path: string): RepositoryFile {
  const file = openSync(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { mode: bits, size } = fstatSync(file);
    const mode = (bits & 0o111) === 0 ? "file" : "executable";
    if (size > maximumFileSize) return { path, mode, size };
    const bytes = Buffer.allocUnsafe(size);
    let read = 0;
    for (let more = -1; more !== 0 && read < size; read += more) {
      more = readSync(file, bytes, read, size - read, read);
    }
    return { path, mode, size: read, content: bytes.subarray(0, read) };
  } finally {
    closeSync(file);
  }
}
