import { ProblemError } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";

export interface NewCommit {
  readonly parent: string;
  /** The tree that the files are put into; mostly that commit's. */
  readonly tree: string;
  readonly message: string;
  readonly files: readonly CommittedFile[];
}

export interface CommittedFile {
  readonly path: string;
  readonly mode: "file" | "executable";
  readonly text: string;
}

/** Makes a commit on top of another, which no branch has yet; gives its id. */
export async function makeCommit(client: GitHubClient, commit: NewCommit): Promise<string> {
  const { git } = client.contentsOctokit.rest;
  const place = { owner: client.owner, repo: client.name };
  const { files, message, parent } = commit;
  checkSecrets(client, files);
  const tree = await git.createTree({
    ...place,
    base_tree: commit.tree,
    tree: files.map(({ path, mode, text }) => ({
      path,
      mode: mode === "executable" ? "100755" : "100644",
      type: "blob",
      content: text,
    })),
  });
  const made = await git.createCommit({
    ...place,
    message,
    tree: tree.data.sha,
    parents: [parent],
  });
  return made.data.sha;
}

/** What is cut out of every text to GitHub would be missing in the file. */
function checkSecrets(client: GitHubClient, files: readonly CommittedFile[]): void {
  const found = files.find(({ text }) => client.secrets.clean(text) !== text);
  if (found === undefined) return;
  throw new ProblemError({
    kind: "refused",
    where: found.path,
    what: "The file would hold a secret of the bot.",
  });
}
