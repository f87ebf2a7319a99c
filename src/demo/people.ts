/** The four people of the story. */
export const people = [
  { login: "casey", name: "Casey Contributor", role: "read" },
  { login: "maya", name: "Maya Maintainer", role: "maintain" },
  { login: "noor", name: "Noor Maintainer", role: "maintain" },
  { login: "omar", name: "Omar Maintainer", role: "maintain" },
] as const;

export type Login = (typeof people)[number]["login"];

/** Logins of the team that the settings name as approvers. */
export const maintainers: readonly Login[] = ["maya", "noor", "omar"];
