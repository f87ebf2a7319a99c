import type { Finding } from "../../streams/findings/finding.ts";
import type { RepositoryFile } from "../../streams/repository.ts";
import type { Cache } from "./cache.ts";
import { digestOf } from "./chunks.ts";
import type { Chunk } from "./chunks.ts";

/** What is remembered of the streams of chunks that were checked in the same surroundings. */
export interface Faultless {
  /** Paths of files in which nothing was found. */
  readonly paths: ReadonlySet<string>;
  /** Remembers, of the chunks of which nothing is known, in which files these findings are none. */
  keep(findings: Iterable<Pick<Finding, "file">>): void;
}

/**
 * What the rules about one stream said depends on its file, on the files outside of streams/, and on the options: where
 * all these are the same, a file in which nothing was found, nor silenced, need not be checked by them again.
 */
export function recallFaultless(
  files: readonly RepositoryFile[],
  chunks: readonly Chunk[],
  { options, cache }: { readonly options: string; readonly cache: Cache },
): Faultless {
  const around = digestOf(files.filter(({ path }) => !path.startsWith("streams/")));
  const recalled = chunks.map((chunk) => {
    const key = `faultless ${options} ${around} ${chunk.digest}`;
    const marks = cache.get(key);
    const isWhole = marks?.length === chunk.files.length && /^[01]*$/.test(marks);
    return { chunk, key, marks: isWhole ? marks : undefined };
  });
  const paths = recalled.flatMap(({ chunk, marks = "" }) =>
    chunk.files.flatMap(({ path }, index) => (marks[index] === "1" ? [path] : [])),
  );
  return {
    paths: new Set(paths),
    keep: (findings) => {
      const faulty = new Set([...findings].map(({ file }) => file));
      for (const { chunk, key, marks } of recalled) {
        if (marks !== undefined) continue;
        cache.put(key, chunk.files.map(({ path }) => (faulty.has(path) ? "0" : "1")).join(""));
      }
    },
  };
}
