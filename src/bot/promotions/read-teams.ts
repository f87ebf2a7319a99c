import type { GitHubClient } from "../../github/create-github-app.ts";
import { isTeamMember } from "../../github/is-team-member.ts";
import type { TeamMembers } from "../../promotion/is-approver.ts";
import { ProblemError } from "../../problem.ts";

const teamName = /^@(?<org>[A-Za-z0-9-]+)\/(?<slug>[A-Za-z0-9_.-]+)$/;

/**
 * For each team among these names, which of the logins belong to it. A team that cannot be read is left out, which
 * keeps its gate closed; that GitHub does not answer is thrown, as it may later.
 */
export async function readTeams(
  client: GitHubClient,
  names: readonly string[],
  logins: readonly string[],
): Promise<TeamMembers> {
  const teams = new Map<string, readonly string[]>();
  for (const name of names) {
    const { org, slug } = teamName.exec(name)?.groups ?? {};
    if (org === undefined || slug === undefined) continue;
    try {
      const members: string[] = [];
      for (const login of logins)
        if (await isTeamMember(client, { organization: org, slug }, login)) members.push(login);
      teams.set(name, members);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.kind === "unavailable") throw error;
    }
  }
  return teams;
}
