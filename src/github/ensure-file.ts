import { ProblemError } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";
import { readBranch } from "./ensure-branch.ts";
import { unlessMissing } from "./unless-missing.ts";

export interface FileInput {
  readonly branch: string;
  readonly path: string;
  readonly content: string;
  /** Of the commit. */
  readonly message: string;
}

/**
 * Makes the file on the branch hold this content; gives the head of the branch then. Commits nothing where it does
 * already. Throws `conflict` where the file changed meanwhile, and `not-found` where the branch is gone.
 */
export async function ensureFile(client: GitHubClient, input: FileInput): Promise<string> {
  if (client.secrets.clean(input.content) !== input.content)
    throw new ProblemError({
      kind: "refused",
      where: input.path,
      what: "The file would hold a secret of the bot.",
    });
  const { owner, name: repo, promotionOctokit } = client;
  const existing = await readFile(client, input);
  if (existing !== undefined && existing.content === input.content) {
    const head = await readBranch(client, input.branch);
    if (head !== undefined) return head;
  }
  const { data } = await promotionOctokit.rest.repos.createOrUpdateFileContents({
    owner,
    repo,
    path: input.path,
    branch: input.branch,
    message: input.message,
    content: Buffer.from(input.content, "utf8").toString("base64"),
    ...(existing === undefined ? {} : { sha: existing.blob }),
  });
  if (data.commit.sha === undefined)
    throw new ProblemError({
      kind: "unavailable",
      where: input.path,
      what: "GitHub did not say which commit it made.",
    });
  return data.commit.sha;
}

async function readFile(
  client: GitHubClient,
  { path, branch }: FileInput,
): Promise<{ readonly blob: string; readonly content: string } | undefined> {
  const answer = await unlessMissing(() =>
    client.promotionOctokit.rest.repos.getContent({
      owner: client.owner,
      repo: client.name,
      path,
      ref: branch,
    }),
  );
  if (answer === undefined) return undefined;
  const { data } = answer;
  if (Array.isArray(data) || data.type !== "file")
    throw new ProblemError({ kind: "conflict", where: path, what: "This is no regular file." });
  return { blob: data.sha, content: Buffer.from(data.content, "base64").toString("utf8") };
}
