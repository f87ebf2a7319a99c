import type { Finding } from "../../streams/findings/finding.ts";
import { watchedPaths } from "../../streams/repository.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import type { ReadMerge } from "./read-merge.ts";
import { suggestionsFor, type Suggestion } from "./suggestions.ts";

/** The suggestions that a review of a merge leads to on the head of its pull request. */
export async function suggestionsOfReview(
  merge: ReadMerge,
  findings: readonly Finding[],
): Promise<readonly Suggestion[]> {
  const { mirror, base, head, after } = merge;
  const paths = await fixablePaths(merge, findings);
  if (paths.length === 0) return [];
  const shown = await mirror.shownLines(base, head, watchedPaths);
  return suggestionsFor(
    findings.filter(({ file }) => paths.includes(file)),
    (path) => {
      const text = decodeText(after.files.get(path)?.content ?? new Uint8Array());
      return text.ok ? text.value : undefined;
    },
    shown,
  );
}

/**
 * Files with findings that have a fix, and that are in the head as in the merge: where the base branch changed one too,
 * its lines are others there.
 */
export async function fixablePaths(
  { mirror, tree, head }: Pick<ReadMerge, "mirror" | "tree" | "head">,
  findings: readonly Finding[],
): Promise<readonly string[]> {
  const fixable = findings.filter(({ fix }) => fix !== undefined);
  const paths = [...new Set(fixable.map(({ file }) => file))];
  if (paths.length === 0) return [];
  const [merged, own] = await Promise.all([
    mirror.listFiles(tree, paths),
    mirror.listFiles(head, paths),
  ]);
  const blobs = new Map(own.map(({ path, blob }) => [path, blob]));
  return paths.filter((path) =>
    merged.some((entry) => entry.path === path && entry.blob === blobs.get(path)),
  );
}
