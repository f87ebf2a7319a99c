import { createHash } from "node:crypto";
import type { GitHubClient } from "./create-github-app.ts";
import { hiddenMarker } from "./hidden-marker.ts";
import { listOpenIssues } from "./issues.ts";
import { cutUtf8 } from "./text.ts";
import { unlessMissing } from "./unless-missing.ts";

export interface IssueInput {
  /** What the issue is for: one open issue for each purpose. */
  readonly purpose: string;
  readonly title: string;
  readonly body: string;
  /** What an earlier call gave, so that nothing is asked or written twice. */
  readonly known?: EnsuredIssue;
}

export interface EnsuredIssue {
  readonly number: number;
  readonly hash: string;
}

const limits = { title: 256, body: 65_536 };

/**
 * Makes the one open issue of this purpose say this. It counts as ours by its hidden first line and by its author. An
 * issue that is known stays the one, also where people closed or deleted it: nobody is told twice.
 */
export async function ensureIssue(client: GitHubClient, input: IssueInput): Promise<EnsuredIssue> {
  const marker = hiddenMarker(input.purpose);
  const title = cutUtf8(client.secrets.clean(input.title), limits.title);
  const body = cutUtf8(`${marker}\n${client.secrets.clean(input.body)}`, limits.body);
  const hash = createHash("sha256")
    .update(JSON.stringify([title, body]))
    .digest("hex");
  if (input.known?.hash === hash) return input.known;
  const number = input.known?.number ?? (await findOurs(client, marker));
  const place = { owner: client.owner, repo: client.name };
  const { issues } = client.octokit.rest;
  if (number === undefined) {
    const { data } = await issues.create({ ...place, title, body });
    return { number: data.number, hash };
  }
  await unlessMissing(() => issues.update({ ...place, issue_number: number, title, body }));
  return { number, hash };
}

/** Closes an issue as done; one that is closed or gone stays so. */
export async function closeIssue(client: GitHubClient, number: number): Promise<void> {
  await unlessMissing(() =>
    client.octokit.rest.issues.update({
      owner: client.owner,
      repo: client.name,
      issue_number: number,
      state: "closed",
      state_reason: "completed",
    }),
  );
}

async function findOurs(client: GitHubClient, marker: string): Promise<number | undefined> {
  const botLogin = await client.botLogin();
  const open = await listOpenIssues(client);
  return open.find(
    ({ author, body }) =>
      author.isBot && author.login === botLogin && body.split(/\r?\n/, 1)[0] === marker,
  )?.number;
}
