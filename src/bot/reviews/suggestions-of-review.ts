import type { Mirror } from "../../github/open-mirror.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import { watchedPaths, type StreamsRepository } from "../../streams/repository.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import { suggestionsFor, type Suggestion } from "./suggestions.ts";

/** A merge that was reviewed: `after` is what the files of `tree` say. */
export interface ReviewedMerge {
  readonly mirror: Mirror;
  readonly base: string;
  readonly tree: string;
  readonly head: string;
  readonly after: StreamsRepository;
}

/** The suggestions that a review of a merge leads to on the head of its pull request. */
export async function suggestionsOfReview(
  merge: ReviewedMerge,
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
  { mirror, tree, head }: Pick<ReviewedMerge, "mirror" | "tree" | "head">,
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
