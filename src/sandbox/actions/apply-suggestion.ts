import { readBlob } from "../git/objects.ts";
import { Refusal } from "../refusal.ts";
import type { Account, PullRequest, ReviewComment } from "../types.ts";
import type { World } from "../world.ts";
import { commitFiles } from "./commit-files.ts";

const suggestion = /^(?<fence>`{3,})suggestion\n(?<text>[^]*?)^\k<fence>$/m;

/** The lines that a comment suggests, each with its line feed; undefined where it suggests none. */
export function suggestedText({ body }: Pick<ReviewComment, "body">): string | undefined {
  return suggestion.exec(body)?.groups?.["text"];
}

/** Commits what a comment suggests to the branch of its pull request, whose head has to be the one it is about. */
export async function applySuggestion(
  world: World,
  pull: PullRequest,
  commitId: string,
  comment: ReviewComment,
  by: Account,
): Promise<void> {
  const text = suggestedText(comment);
  if (text === undefined || pull.state !== "open" || pull.head.sha !== commitId)
    throw new Refusal(422, "This suggestion is outdated.");
  const { repository, ref, sha } = pull.head;
  const content = await readBlob(repository.directory, `${sha}:${comment.path}`);
  const lines = (content?.toString("utf8") ?? "").split(/(?<=\n)/);
  lines.splice(comment.startLine - 1, comment.line - comment.startLine + 1, text);
  const files = { [comment.path]: lines.join("") };
  await commitFiles(world, repository, { branch: ref, message: "Apply suggestion", files }, by);
}
