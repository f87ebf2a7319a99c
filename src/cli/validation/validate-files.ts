import type { Finding } from "../../streams/findings/finding.ts";
import type { RepositoryFile } from "../../streams/repository.ts";
import type { ValidateOptions } from "../../streams/validate-repository.ts";
import { openCache } from "./cache.ts";
import type { Cache } from "./cache.ts";
import { digestOf } from "./chunks.ts";
import { parseFiles } from "./parse-files.ts";
import { userCacheFolder } from "./user-cache-folder.ts";
import { versionDigest } from "./version-digest.ts";

/**
 * The findings about the files of a repository. Those about the same files under the same options are remembered; a file
 * counts by its path and its whole content, never by its date.
 */
export async function validateFiles(
  files: readonly RepositoryFile[],
  options: Omit<ValidateOptions, "values">,
  cache: Cache,
): Promise<readonly Finding[]> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const key = `findings ${textOf(options)} ${digestOf(sorted)}`;
  const known = readFindings(cache.get(key));
  if (known !== undefined) return known;
  const values = await parseFiles(sorted, cache);
  const { validateRepository } = await import("../../streams/validate-repository.ts");
  const { findings } = validateRepository(sorted, { ...options, values });
  cache.put(key, JSON.stringify(findings));
  cache.trim();
  return findings;
}

function readFindings(text: string | undefined): readonly Finding[] | undefined {
  if (text === undefined) return undefined;
  const found: unknown = JSON.parse(text);
  return Array.isArray(found) && found.every(isFinding) ? found : undefined;
}

function isFinding(value: unknown): value is Finding {
  return typeof value === "object" && value !== null && "rule" in value && "severity" in value;
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
