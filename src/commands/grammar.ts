import type { Audience, Command, Place, Verb } from "./types.ts";

/** One row of the table from which parsing, /help and the documentation come. */
export interface CommandRule {
  readonly verb: Verb;
  readonly syntax: string;
  readonly summary: string;
  readonly who: Audience;
  readonly where: Place;
  /** Matches everything behind the verb, trimmed; what `command` needs stands in its groups. */
  readonly words: RegExp;
  readonly command: (groups: Readonly<Record<string, string | undefined>>) => Command;
}

/** Names of streams and channels are DNS labels, names of releases are image tags: nothing else gets past a comment. */
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const tag = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";

const nothing = /^$/;
const optionalReason = /^(?<reason>.*)$/;
const neededReason = /^(?<reason>.+)$/;
const optionalRun = new RegExp(`^(?<run>${tag})?$`);
const releaseAndReason = new RegExp(`^(?<release>${tag})\\s+(?<reason>.+)$`);

export const grammar: readonly CommandRule[] = [
  {
    verb: "help",
    syntax: "/help",
    summary: "Lists the commands.",
    who: "anyone",
    where: "any",
    words: nothing,
    command: () => ({ verb: "help" }),
  },
  {
    verb: "status",
    syntax: "/status [STREAM|CHANNEL]",
    summary: "Says what is built, what is released and what waits.",
    who: "anyone",
    where: "any",
    words: new RegExp(`^(?<name>${label})?$`),
    command: ({ name }) => ({ verb: "status", ...(name && { name }) }),
  },
  {
    verb: "validate",
    syntax: "/validate",
    summary: "Validates the pull request once more.",
    who: "contributor",
    where: "any",
    words: nothing,
    command: () => ({ verb: "validate" }),
  },
  {
    verb: "retest",
    syntax: "/retest",
    summary: "Looks at the pull request once more, as `/validate` does.",
    who: "contributor",
    where: "any",
    words: nothing,
    command: () => ({ verb: "retest" }),
  },
  {
    verb: "build",
    syntax: "/build STREAM",
    summary: "Builds a stream from the default branch, whether or not its inputs changed.",
    who: "stream-maintainer",
    where: "any",
    words: new RegExp(`^(?<stream>${label})$`),
    command: ({ stream = "" }) => ({ verb: "build", stream }),
  },
  {
    verb: "test",
    syntax: "/test [STREAM]",
    summary:
      "Builds this pull request before its merge, where the settings allow it; nothing is released of it.",
    who: "maintainer",
    where: "any",
    words: new RegExp(`^(?<stream>${label})?$`),
    command: ({ stream }) => ({ verb: "test", ...(stream && { stream }) }),
  },
  {
    verb: "ok-to-test",
    syntax: "/ok-to-test SHA",
    summary: "Says that this very commit of somebody else may run, and tries it as `/test` does.",
    who: "maintainer",
    where: "any",
    words: /^(?<commit>[0-9a-f]{7,40})$/i,
    command: ({ commit = "" }) => ({ verb: "ok-to-test", commit: commit.toLowerCase() }),
  },
  {
    verb: "retry",
    syntax: "/retry [RUN]",
    summary: "Starts again the runs of this pull request that failed, or the one that is named.",
    who: "stream-maintainer",
    where: "any",
    words: optionalRun,
    command: ({ run }) => ({ verb: "retry", ...(run && { run }) }),
  },
  {
    verb: "cancel",
    syntax: "/cancel [RUN]",
    summary: "Stops the runs of this pull request, or the one that is named.",
    who: "stream-maintainer",
    where: "any",
    words: optionalRun,
    command: ({ run }) => ({ verb: "cancel", ...(run && { run }) }),
  },
  {
    verb: "promote",
    syntax: "/promote RELEASE|latest to CHANNEL",
    summary: "Opens a pull request that moves a channel to a release.",
    who: "maintainer",
    where: "any",
    words: new RegExp(`^(?<release>${tag})\\s+to\\s+(?<channel>${label})$`),
    command: ({ release = "", channel = "" }) => ({ verb: "promote", release, channel }),
  },
  {
    verb: "accept",
    syntax: "/accept RELEASE REASON",
    summary: "Accepts a release whatever its verifications said; the reason is kept.",
    who: "maintainer",
    where: "any",
    words: releaseAndReason,
    command: ({ release = "", reason = "" }) => ({ verb: "accept", release, reason }),
  },
  {
    verb: "reject",
    syntax: "/reject RELEASE REASON",
    summary: "Rejects a release, so that it cannot be promoted; the reason is kept.",
    who: "maintainer",
    where: "any",
    words: releaseAndReason,
    command: ({ release = "", reason = "" }) => ({ verb: "reject", release, reason }),
  },
  {
    verb: "hold",
    syntax: "/hold [REASON]",
    summary: "Keeps this promotion from being merged until `/unhold`.",
    who: "maintainer",
    where: "promotion pull request",
    words: optionalReason,
    command: ({ reason }) => ({ verb: "hold", ...(reason && { reason }) }),
  },
  {
    verb: "unhold",
    syntax: "/unhold",
    summary: "Ends a hold.",
    who: "maintainer",
    where: "promotion pull request",
    words: nothing,
    command: () => ({ verb: "unhold" }),
  },
  {
    verb: "approve",
    syntax: "/approve [cancel]",
    summary: "Approves this promotion, or takes your approval back.",
    who: "approver",
    where: "promotion pull request",
    words: /^(?<cancel>cancel)?$/,
    command: ({ cancel }) => ({ verb: "approve", cancel: cancel !== undefined }),
  },
  {
    verb: "decline",
    syntax: "/decline REASON",
    summary: "Closes this promotion; the reason is kept.",
    who: "approver",
    where: "promotion pull request",
    words: neededReason,
    command: ({ reason = "" }) => ({ verb: "decline", reason }),
  },
];

/** The row of a verb; every verb has one. */
export function ruleOf(verb: Verb): CommandRule {
  const rule = grammar.find((candidate) => candidate.verb === verb);
  if (rule === undefined) throw new Error(`No rule for /${verb}`);
  return rule;
}
