import { createHash } from "node:crypto";
import type { RepositoryFile } from "../../streams/repository.ts";

/** A regular file that was read. */
export interface ReadableFile extends RepositoryFile {
  readonly content: Uint8Array;
}

/** Files that are parsed and remembered together, and the digest of all that they are. */
export interface Chunk {
  readonly files: readonly ReadableFile[];
  readonly digest: string;
}

/** The chunks of files that are sorted by their paths. */
export function digestedChunks(files: readonly RepositoryFile[]): readonly Chunk[] {
  return chunksOf(files).map((chunk) => ({ files: chunk, digest: digestOf(chunk) }));
}

/** A chunk ends after about this many files. */
const usualSize = 64;

/**
 * Files that are parsed and kept together, in the order of their paths. Where a chunk ends depends on the path of its
 * last file alone, so that a new, changed or removed file alters its own chunk and no other.
 */
export function chunksOf(files: readonly RepositoryFile[]): readonly (readonly ReadableFile[])[] {
  const chunks: ReadableFile[][] = [];
  let open: ReadableFile[] = [];
  for (const file of files) {
    if (!isReadable(file)) continue;
    open.push(file);
    if (hash(file.path) % usualSize !== 0) continue;
    chunks.push(open);
    open = [];
  }
  return open.length === 0 ? chunks : [...chunks, open];
}

function isReadable(file: RepositoryFile): file is ReadableFile {
  return file.content !== undefined && file.path.endsWith(".yaml");
}

/** FNV-1a, 32 bits: https://www.ietf.org/archive/id/draft-eastlake-fnv-21.html */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** sha256 of everything that files are: paths, modes, sizes and contents. */
export function digestOf(files: readonly RepositoryFile[]): string {
  const digest = createHash("sha256");
  for (const { path, mode, size, content } of files) {
    digest.update(`${JSON.stringify(path)} ${mode} ${size} ${content?.length ?? "unread"}\n`);
    if (content !== undefined) digest.update(content);
  }
  return digest.digest("hex");
}
