import { changedFiles } from "../git/history.ts";
import { parsePatch, type DiffLine } from "../git/parse-patch.ts";
import { unprocessable } from "../refusal.ts";
import type { PullRequest, Repository, ReviewComment } from "../types.ts";
import { nextId, type World } from "../world.ts";
import { pullStart } from "./pull-facts.ts";

export type NewReviewComment = Pick<ReviewComment, "path" | "line" | "body"> & {
  readonly startLine?: number | undefined;
};

/** Comments with their place in the diff of the head; GitHub refuses all where one stands on no line of it. */
export async function placeComments(
  world: World,
  repository: Repository,
  pull: PullRequest,
  comments: readonly NewReviewComment[],
): Promise<readonly ReviewComment[]> {
  if (comments.length === 0) return [];
  const start = await pullStart(repository, pull);
  const files = await changedFiles(repository.directory, start, pull.head.sha);
  return comments.map(({ path, line, startLine = line, body }) => {
    const patch = files.find((file) => file.path === path)?.patch;
    if (patch === undefined) throw unprocessable("Path is invalid");
    const hunk = hunksOf(patch).find((lines) =>
      [startLine, line].every((wanted) => lines.some(({ newLine }) => newLine === wanted)),
    );
    if (hunk === undefined || startLine > line)
      throw unprocessable("Line must be part of the diff");
    const upTo = hunk.findIndex(({ newLine }) => newLine === line) + 1;
    const diffHunk = hunk
      .slice(0, upTo)
      .map(({ text }) => text)
      .join("\n");
    return { id: nextId(world), path, startLine, line, body, diffHunk };
  });
}

function hunksOf(patch: string): readonly (readonly DiffLine[])[] {
  const hunks: DiffLine[][] = [];
  for (const line of parsePatch(patch)) {
    if (line.kind === "hunk") hunks.push([line]);
    else hunks.at(-1)?.push(line);
  }
  return hunks;
}
