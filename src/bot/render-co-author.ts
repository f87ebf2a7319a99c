/** A person of GitHub. */
export interface CoAuthor {
  readonly login: string;
  readonly id: number;
}

/** The last line of a commit's message by which GitHub shows that somebody had a part in it. */
export function renderCoAuthor({ login, id }: CoAuthor, gitHubUrl: string): string {
  const address = `${id}+${login}@users.noreply.${new URL(gitHubUrl).hostname}`;
  return `Co-authored-by: ${login} <${address}>`;
}
