import type { LineSpan } from "./mirror-types.ts";
import { checkObjectId } from "./revision-names.ts";
import { runGit, type GitCall } from "./run-git.ts";

/**
 * The lines of `head` that its pull request into `base` shows, by path: those that it changes and three around them, as
 * on GitHub. Files with names that git has to quote are left out.
 */
export async function shownLines(
  call: GitCall,
  base: string,
  head: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly LineSpan[]>> {
  const ends = [checkObjectId(base), checkObjectId(head)];
  const start = (await runGit(call, ["merge-base", ...ends])).trim();
  if (start === "") return new Map();
  const args = ["diff-tree", "-r", "-p", "-M", "--unified=3", "--no-ext-diff", "--no-textconv"];
  const plain = ["--no-color", "--src-prefix=a/", "--dst-prefix=b/"];
  const named = paths.map((path) => `:(top,literal)${path}`);
  const from = checkObjectId(start);
  return parseDiff(
    await runGit(call, [...args, ...plain, from, checkObjectId(head), "--", ...named]),
  );
}

const hunkHead = /^@@ -\d+(?:,(?<before>\d+))? \+(?<line>\d+)(?:,(?<after>\d+))? @@/;

/** The hunks of a unified diff on its new side. Contents are counted and never taken for a head, whatever they say. */
export function parseDiff(diff: string): ReadonlyMap<string, readonly LineSpan[]> {
  const spans = new Map<string, LineSpan[]>();
  let path = "";
  let left = { before: 0, after: 0 };
  for (const line of diff.split("\n")) {
    if (left.before > 0 || left.after > 0) {
      left = withoutLine(left, line);
      continue;
    }
    if (line.startsWith("+++ ")) path = newPath(line);
    const head = hunkHead.exec(line)?.groups;
    if (head === undefined) continue;
    const first = Number(head["line"]);
    left = { before: Number(head["before"] ?? 1), after: Number(head["after"] ?? 1) };
    if (path === "" || left.after === 0) continue;
    spans.set(path, [...(spans.get(path) ?? []), { first, last: first + left.after - 1 }]);
  }
  return spans;
}

interface Left {
  readonly before: number;
  readonly after: number;
}

function withoutLine({ before, after }: Left, line: string): Left {
  if (line.startsWith("+")) return { before, after: after - 1 };
  if (line.startsWith("-")) return { before: before - 1, after };
  // "\ No newline at end of file" is of neither side.
  return line.startsWith("\\") ? { before, after } : { before: before - 1, after: after - 1 };
}

/** Git ends a name with spaces in a tab. */
function newPath(line: string): string {
  return /^\+\+\+ b\/(?<path>[^\t]+)\t?$/.exec(line)?.groups?.["path"] ?? "";
}
