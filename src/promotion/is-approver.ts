import type { Channel } from "../streams/types.ts";

/** Members of each team that could be read, by `@org/team`; a team that is not there is unknown. */
export type TeamMembers = ReadonlyMap<string, readonly string[]>;

/** The logins and teams that may approve for a channel: the channel's own, or else the settings'. */
export function approverNames(
  policy: Channel["spec"]["promotion"]["approvals"],
  settingsApprovers: readonly string[] | undefined,
): readonly string[] {
  const own = policy.approvers ?? [];
  const approvers = own.length > 0 ? own : (settingsApprovers ?? []);
  return [...new Set([...approvers, ...(policy.required ?? [])])];
}

/** Whether a login is one of these names or in one of these teams. Logins are compared as GitHub does, without case. */
export function isAmong(login: string, names: readonly string[], teams: TeamMembers): boolean {
  const wanted = login.toLowerCase();
  return names.some((name) => {
    const logins = name.startsWith("@") ? (teams.get(name) ?? []) : [name];
    return logins.some((candidate) => candidate.toLowerCase() === wanted);
  });
}

/** The teams of these names whose members are not known. */
export function unknownTeams(names: readonly string[], teams: TeamMembers): readonly string[] {
  return names.filter((name) => name.startsWith("@") && !teams.has(name));
}
