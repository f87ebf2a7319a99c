import type { GitHubClient } from "./create-github-app.ts";
import { unlessMissing } from "./unless-missing.ts";

export interface Team {
  readonly organization: string;
  readonly slug: string;
}

/** Whether a login is an active member of the team or of one below it; false where either is unknown. */
export async function isTeamMember(
  client: GitHubClient,
  team: Team,
  login: string,
): Promise<boolean> {
  const answer = await unlessMissing(() =>
    client.membersOctokit.rest.teams.getMembershipForUserInOrg({
      org: team.organization,
      team_slug: team.slug,
      username: login,
    }),
  );
  return answer?.data.state === "active";
}
