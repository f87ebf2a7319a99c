import * as z from "zod";
import type { GitHubClient } from "./create-github-app.ts";
import { unlessMissing } from "./unless-missing.ts";

const roleSchema = z.enum(["admin", "maintain", "write", "triage", "read", "none"]);

/** Roles of a collaborator, from the mightiest to none. */
export type RepositoryRole = z.output<typeof roleSchema>;

/**
 * The role of a login in the repository, asked for anew each time; `none` for everything unknown. For a custom role,
 * the base permission that GitHub names for it.
 * https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function permissionOf(client: GitHubClient, login: string): Promise<RepositoryRole> {
  const answer = await unlessMissing(() =>
    client.octokit.rest.repos.getCollaboratorPermissionLevel({
      owner: client.owner,
      repo: client.name,
      username: login,
    }),
  );
  if (answer === undefined) return "none";
  const role = roleSchema.safeParse(answer.data.role_name);
  return role.success ? role.data : roleSchema.catch("none").parse(answer.data.permission);
}
