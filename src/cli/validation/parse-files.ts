import { availableParallelism } from "node:os";
import type { RepositoryFile } from "../../streams/repository.ts";
import type { ParsedValues } from "../../streams/reading/read-repository.ts";
import type { Cache } from "./cache.ts";
import { digestedChunks } from "./chunks.ts";
import type { Chunk, ReadableFile } from "./chunks.ts";
import { parseKept } from "./parse-kept.ts";

/** Fewer are parsed as fast as they are looked up. */
export const manyFiles = 200;

/**
 * The data of the files whose YAML has no fault, from the cache where they were parsed before. Nothing is said about
 * what is valid: that is for the validation to find out each time.
 */
export async function parseFiles(
  files: readonly RepositoryFile[],
  cache: Cache,
): Promise<ParsedValues> {
  if (files.length < manyFiles) return new Map();
  return parseDigested(digestedChunks(files.toSorted((a, b) => (a.path < b.path ? -1 : 1))), cache);
}

/** The same for files in chunks. */
export async function parseDigested(chunks: readonly Chunk[], cache: Cache): Promise<ParsedValues> {
  const kept = chunks.map(({ files, digest }) => {
    const key = `values ${digest}`;
    return { files, key, json: cache.get(key) };
  });
  const missing = kept.filter(({ json }) => json === undefined);
  const parsed = await parseMissing(missing.map(({ files }) => files));
  missing.forEach(({ key }, index) => cache.put(key, parsed[index] ?? "[]"));
  const fresh = new Map(missing.map(({ key }, index) => [key, parsed[index]]));
  return new Map(
    kept.flatMap(({ files, key, json }) => valuesOf(files, json ?? fresh.get(key) ?? "[]")),
  );
}

async function parseMissing(
  chunks: readonly (readonly ReadableFile[])[],
): Promise<readonly string[]> {
  if (chunks.length === 0) return [];
  const { parseChunks } = await import("./parse-chunks.ts");
  const contents = chunks.map((chunk) => chunk.map(({ content }) => content));
  return parseChunks(contents, availableParallelism());
}

function valuesOf(chunk: readonly ReadableFile[], json: string): [string, unknown][] {
  const values = parseKept(json);
  if (!Array.isArray(values) || values.length !== chunk.length) return [];
  return chunk.flatMap(({ path }, index): [string, unknown][] => {
    const value: unknown = values[index];
    return value === null ? [] : [[path, value]];
  });
}
