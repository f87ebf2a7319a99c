import { createHash } from "node:crypto";
import { ProblemError } from "../problem.ts";
import { listComments, type Comment } from "./comments.ts";
import type { GitHubClient } from "./create-github-app.ts";
import { hiddenMarker } from "./hidden-marker.ts";
import { cutUtf8 } from "./text.ts";

export interface CommentInput {
  /** Number of the issue or pull request. */
  readonly issue: number;
  /** What the comment is for, such as `review` or `reply:123`: one comment for each purpose. */
  readonly purpose: string;
  readonly body: string;
  /** What an earlier call gave, so that nothing is asked or written twice. */
  readonly known?: { readonly id: number; readonly hash: string };
}

export interface EnsuredComment {
  readonly id: number;
  readonly hash: string;
  readonly written: boolean;
}

/** GitHub counts 65,536 characters; bytes are never fewer. */
const maximumBytes = 65_536;

/**
 * Makes the one comment of this purpose say this. A comment counts as ours by its hidden first line and by its author,
 * since anybody can write the line. A deleted one is written anew, further ones of ours with the line are removed.
 */
export async function ensureComment(
  client: GitHubClient,
  input: CommentInput,
): Promise<EnsuredComment> {
  const marker = hiddenMarker(input.purpose);
  const body = cutUtf8(`${marker}\n${client.secrets.clean(input.body)}`, maximumBytes);
  const hash = createHash("sha256").update(body).digest("hex");
  if (input.known?.hash === hash) return { ...input.known, written: false };
  if (input.known !== undefined && (await editIfThere(client, input.known.id, body)))
    return { id: input.known.id, hash, written: true };

  const [first, ...further] = await findOurs(client, input.issue, marker);
  for (const comment of further) await removeIfThere(client, comment.id);
  if (first === undefined)
    return { id: await write(client, input.issue, body), hash, written: true };
  if (first.body === body) return { id: first.id, hash, written: false };
  if (await editIfThere(client, first.id, body)) return { id: first.id, hash, written: true };
  return { id: await write(client, input.issue, body), hash, written: true };
}

async function findOurs(
  client: GitHubClient,
  issue: number,
  marker: string,
): Promise<readonly Comment[]> {
  const botLogin = await client.botLogin();
  const comments = await listComments(client, issue);
  return comments.filter(
    (comment) =>
      comment.authorIsBot &&
      comment.author === botLogin &&
      // GitHub stores line ends as they came, and people may edit a bot's comment in a browser.
      comment.body.split(/\r?\n/, 1)[0] === marker,
  );
}

async function write(client: GitHubClient, issue: number, body: string): Promise<number> {
  const { data } = await client.octokit.rest.issues.createComment({
    owner: client.owner,
    repo: client.name,
    issue_number: issue,
    body,
  });
  return data.id;
}

async function editIfThere(client: GitHubClient, id: number, body: string): Promise<boolean> {
  return await ifThere(() =>
    client.octokit.rest.issues.updateComment({
      owner: client.owner,
      repo: client.name,
      comment_id: id,
      body,
    }),
  );
}

async function removeIfThere(client: GitHubClient, id: number): Promise<boolean> {
  return await ifThere(() =>
    client.octokit.rest.issues.deleteComment({
      owner: client.owner,
      repo: client.name,
      comment_id: id,
    }),
  );
}

async function ifThere(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.kind === "not-found") return false;
    throw error;
  }
}
