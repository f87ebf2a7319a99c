import { invalid } from "../refusal.ts";
import { nextId, timestamp, type World } from "../world.ts";
import type { Account, Conversation, IssueComment, Reaction, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { commentCreated, commentDeleted, commentEdited } from "../webhooks/payloads.ts";
import { limitContent } from "./content-limit.ts";

const longestComment = 65_536;

function checkBody(body: string): void {
  if (body.trim() === "") throw invalid("IssueComment", "body", "body can't be blank");
  if (body.length > longestComment)
    throw invalid("IssueComment", "body", "body is too long (maximum is 65536 characters)");
}

export function createComment(
  world: World,
  repository: Repository,
  conversation: Conversation,
  body: string,
  user: Account,
): IssueComment {
  checkBody(body);
  limitContent(world);
  const now = timestamp();
  const comment: IssueComment = {
    id: nextId(world),
    issueNumber: conversation.number,
    user,
    body,
    createdAt: now,
    updatedAt: now,
    reactions: [],
    byApp: user.id === world.bot.id,
  };
  repository.comments.set(comment.id, comment);
  conversation.updatedAt = now;
  emit(
    world,
    repository,
    "issue_comment",
    commentCreated(world, repository, conversation, comment, user),
  );
  return comment;
}

export function editComment(
  world: World,
  repository: Repository,
  conversation: Conversation,
  comment: IssueComment,
  body: string,
  sender: Account,
): void {
  checkBody(body);
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = timestamp();
  emit(
    world,
    repository,
    "issue_comment",
    commentEdited(from, world, repository, conversation, comment, sender),
  );
}

export function deleteComment(
  world: World,
  repository: Repository,
  conversation: Conversation,
  comment: IssueComment,
  sender: Account,
): void {
  repository.comments.delete(comment.id);
  emit(
    world,
    repository,
    "issue_comment",
    commentDeleted(world, repository, conversation, comment, sender),
  );
}

/** Adds a reaction; the same one of the same person stays one. */
export function react(
  world: World,
  comment: IssueComment,
  content: Reaction["content"],
  user: Account,
): { readonly reaction: Reaction; readonly created: boolean } {
  const known = comment.reactions.find(
    (reaction) => reaction.user.id === user.id && reaction.content === content,
  );
  if (known !== undefined) return { reaction: known, created: false };
  const reaction: Reaction = { id: nextId(world), user, content, createdAt: timestamp() };
  comment.reactions.push(reaction);
  return { reaction, created: true };
}
