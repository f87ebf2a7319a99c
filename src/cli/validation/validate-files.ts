import type { Finding } from "../../streams/findings/finding.ts";
import type { RepositoryFile } from "../../streams/repository.ts";
import type { ValidateOptions } from "../../streams/validate-repository.ts";
import { openCache } from "./cache.ts";
import type { Cache } from "./cache.ts";
import { digestedChunks, digestOf } from "./chunks.ts";
import { recallFaultless } from "./faultless.ts";
import { manyFiles, parseDigested } from "./parse-files.ts";
import { parseKept } from "./parse-kept.ts";
import { userCacheFolder } from "./user-cache-folder.ts";
import { versionDigest } from "./version-digest.ts";

/**
 * The findings about the files of a repository. Those about the same files under the same options are remembered, and so
 * is in which streams nothing was found; a file counts by its path and its whole content, never by its date.
 */
export async function validateFiles(
  files: readonly RepositoryFile[],
  options: Omit<ValidateOptions, "values" | "faultless">,
  cache: Cache,
): Promise<readonly Finding[]> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const chunks = files.length < manyFiles ? [] : digestedChunks(sorted);
  const inChunks = new Set(chunks.flatMap((chunk) => chunk.files.map(({ path }) => path)));
  const others = sorted.filter(({ path }) => !inChunks.has(path));
  const ofOptions = textOf(options);
  const digests = [...chunks.map(({ digest }) => digest), digestOf(others)];
  const key = `findings ${ofOptions} ${digests.join(" ")}`;
  const known = readFindings(cache.get(key));
  if (known !== undefined) return known;
  const values = await parseDigested(chunks, cache);
  const faultless = recallFaultless(sorted, chunks, { options: ofOptions, cache });
  const { validateRepository } = await import("../../streams/validate-repository.ts");
  const about = { ...options, values, faultless: faultless.paths };
  const { findings, silenced } = validateRepository(sorted, about);
  faultless.keep([...findings, ...silenced]);
  cache.put(key, JSON.stringify(findings));
  cache.trim();
  return findings;
}

const texts = ["rule", "severity", "file", "message", "help", "helpUrl"];
const numbers = ["line", "column", "endLine", "endColumn"];

function readFindings(text: string | undefined): readonly Finding[] | undefined {
  if (text === undefined) return undefined;
  const found = parseKept(text);
  return Array.isArray(found) && found.every(isFinding) ? found : undefined;
}

function isFinding(value: unknown): value is Finding {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    texts.every((name) => typeof fields.get(name) === "string") &&
    numbers.every((name) => typeof fields.get(name) === "number")
  );
}

/** All options decide: a new one is a part of the key without anybody thinking of it. */
function textOf(options: object): string {
  return JSON.stringify(options, (_key, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  );
}

/** The cache of the person who runs this. */
export function openUserCache(): Cache {
  return openCache({ folder: userCacheFolder(), version: versionDigest() });
}
