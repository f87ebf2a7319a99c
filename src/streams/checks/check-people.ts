import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import type { Checkable } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Stream } from "../types.ts";

/** The maintainers of a stream: logins, each once. */
export function checkMaintainers({ source, value }: Sourced<Stream>): Mistake[] {
  const path = ["spec", "maintainers"];
  const maintainers = value.spec.maintainers ?? [];
  const teams = maintainers.flatMap((person, index) => {
    if (!person.startsWith("@")) return [];
    return [
      mistakeAt(source, "maintainer-is-team", [...path, index], "value", {
        message: `${quoted(person)} is a team; the maintainers of a stream are logins, so its members may do nothing here.`,
        help: "Name the people by their logins, or give the team write access to the repository.",
      }),
    ];
  });
  return [...teams, ...repeated(source, path, maintainers)];
}

/** The approvers of channels and of the settings, each once. */
export function checkApprovers({ channels, settingsFile }: Checkable): Mistake[] {
  const inChannels = [...channels.values()].flatMap(({ source, value }) => {
    const { approvers = [], required = [] } = value.spec.promotion.approvals;
    const path = ["spec", "promotion", "approvals"];
    return [
      ...repeated(source, [...path, "approvers"], approvers),
      ...repeated(source, [...path, "required"], required),
    ];
  });
  if (settingsFile === undefined) return inChannels;
  const { source, value } = settingsFile;
  const inSettings = repeated(source, ["roles", "approvers"], value.roles?.approvers ?? []);
  return [...inChannels, ...inSettings];
}

/** GitHub tells no capital letters from small ones in logins and teams; the schema finds those that are equal. */
function repeated(source: SourceDocument, path: NodePath, people: readonly string[]): Mistake[] {
  const first = new Map<string, string>();
  return people.flatMap((person, index) => {
    const known = first.get(person.toLowerCase());
    first.set(person.toLowerCase(), known ?? person);
    if (known === undefined || known === person) return [];
    return [
      mistakeAt(source, "person-duplicate", [...path, index], "value", {
        message: `${quoted(person)} and ${quoted(known)} are the same to GitHub; one person counts once.`,
        help: "Remove one of the two.",
      }),
    ];
  });
}
