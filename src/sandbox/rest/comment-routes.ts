import { Hono } from "hono";
import * as z from "zod";
import { atLeast, roleOf } from "../actor.ts";
import { createComment, deleteComment, editComment, react } from "../actions/comments.ts";
import { Refusal, notFound } from "../refusal.ts";
import { commentShape, reactionShape } from "../shapes/comment-shape.ts";
import {
  type Account,
  type Conversation,
  type IssueComment,
  reactionContents,
  type Repository,
} from "../types.ts";
import {
  answer,
  conversationOf,
  noContent,
  paginate,
  pathNumber,
  readBody,
  repositoryOf,
  type RestContext,
  type RestEnv,
} from "./context.ts";
import { allowTo, requireTo } from "./rights.ts";

const commentBody = z.object({ body: z.string() });

/** Comments of issues and pull requests, and reactions to them. */
export function commentRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const issue = "/repos/:owner/:repo/issues/:number";
  const comment = "/repos/:owner/:repo/issues/comments/:id";
  app.get(comment, (c) => {
    const { repository, comment } = commentOf(c);
    allowTo(c, repository, "readIssues");
    const shape = commentShape(c.get("world"), repository, comment);
    return answer("issues/get-comment", 200, shape);
  });
  app.patch(comment, async (c) => {
    const { repository, conversation, comment, sender } = editableComment(c);
    const { body } = await readBody(c, commentBody);
    editComment(c.get("world"), repository, conversation, comment, body, sender);
    const shape = commentShape(c.get("world"), repository, comment);
    return answer("issues/update-comment", 200, shape);
  });
  app.delete(comment, (c) => {
    const { repository, conversation, comment, sender } = editableComment(c);
    deleteComment(c.get("world"), repository, conversation, comment, sender);
    return noContent();
  });
  app.get(`${comment}/reactions`, listReactions);
  app.post(`${comment}/reactions`, createReaction);
  app.get(`${issue}/comments`, listComments);
  app.post(`${issue}/comments`, async (c) => {
    const repository = repositoryOf(c);
    const user = requireTo(c, repository, "writeIssues");
    const conversation = conversationOf(c, repository);
    const { body } = await readBody(c, commentBody);
    const created = createComment(c.get("world"), repository, conversation, body, user);
    const shape = commentShape(c.get("world"), repository, created);
    return answer("issues/create-comment", 201, shape);
  });
  return app;
}

function listComments(c: RestContext): Response {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readIssues");
  const { number } = conversationOf(c, repository);
  const since = c.req.query("since") ?? "";
  const all = [...repository.comments.values()].filter(
    (comment) => comment.issueNumber === number && comment.updatedAt >= since,
  );
  const page = paginate(c, all);
  const body = page.items.map((each) => commentShape(c.get("world"), repository, each));
  return answer("issues/list-comments", 200, body, page.headers);
}

interface FoundComment {
  readonly repository: Repository;
  readonly conversation: Conversation;
  readonly comment: IssueComment;
}

function commentOf(c: RestContext): FoundComment {
  const repository = repositoryOf(c);
  const comment = repository.comments.get(pathNumber(c, "id"));
  const number = comment?.issueNumber ?? 0;
  const conversation = repository.issues.get(number) ?? repository.pulls.get(number);
  if (comment === undefined || conversation === undefined) throw notFound();
  return { repository, conversation, comment };
}

/** Its author may change a comment, and who may write to the repository. */
function editableComment(c: RestContext): FoundComment & { readonly sender: Account } {
  const found = commentOf(c);
  const sender = requireTo(c, found.repository, "writeIssues");
  const mayEdit =
    c.get("actor").kind === "installation" ||
    found.comment.user.id === sender.id ||
    atLeast(roleOf(found.repository, sender.login), "write");
  if (!mayEdit) throw new Refusal(403, "Resource not accessible by personal access token");
  return { ...found, sender };
}

function listReactions(c: RestContext): Response {
  const { repository, comment } = commentOf(c);
  allowTo(c, repository, "readIssues");
  const content = c.req.query("content");
  const all = comment.reactions.filter(
    (reaction) => content === undefined || reaction.content === content,
  );
  const page = paginate(c, all);
  const body = page.items.map((each) => reactionShape(c.get("world"), each));
  return answer("reactions/list-for-issue-comment", 200, body, page.headers);
}

const newReaction = z.object({ content: z.enum(reactionContents) });

async function createReaction(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const { repository, comment } = commentOf(c);
  const user = requireTo(c, repository, "writeIssues");
  const { content } = await readBody(c, newReaction);
  const { reaction, created } = react(world, comment, content, user);
  const shape = reactionShape(world, reaction);
  const operation = "reactions/create-for-issue-comment";
  return created ? answer(operation, 201, shape) : answer(operation, 200, shape);
}
