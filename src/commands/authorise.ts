import { failed, ok, type Result } from "../problem.ts";
import { ruleOf } from "./grammar.ts";
import type { Audience, Command } from "./types.ts";

/** Who wrote the comment, as read from GitHub and the default branch when the command is carried out, not when it was sent. */
export interface Actor {
  readonly login: string;
  /** Permission on the repository. */
  readonly role: "admin" | "maintain" | "write" | "triage" | "read" | "none";
  readonly isBot: boolean;
  /** Wrote the pull request that carries the comment. */
  readonly isAuthor: boolean;
  /** Is named in spec.maintainers of this stream on the default branch. */
  readonly maintainsStream: (stream: string) => boolean;
  /** Is an approver of the channel that this promotion moves. */
  readonly isApprover: boolean;
  /** Asked for this promotion. */
  readonly isRequester: boolean;
}

const maintainerRoles: readonly Actor["role"][] = ["admin", "maintain", "write"];
const contributorRoles: readonly Actor["role"][] = [...maintainerRoles, "triage"];

/** For each audience: whether the actor belongs to it, and how to say that they do not. */
const audiences: Record<
  Audience,
  {
    readonly admits: (actor: Actor, stream: string | undefined) => boolean;
    readonly reason: string;
    readonly next: string;
  }
> = {
  anyone: { admits: () => true, reason: "", next: "" },
  contributor: {
    admits: (actor) => actor.isAuthor || contributorRoles.includes(actor.role),
    reason: "is for the author of the pull request and for those who have triage permission",
    next: "Ask one of them to write it.",
  },
  "stream-maintainer": {
    admits: (actor, stream) =>
      maintainerRoles.includes(actor.role) ||
      (stream !== undefined && actor.maintainsStream(stream)),
    reason:
      "is for maintainers of this repository (write permission) and for the stream's own maintainers",
    next: "Ask one of them; a stream's own maintainers stand in its spec.maintainers.",
  },
  maintainer: {
    admits: (actor) => maintainerRoles.includes(actor.role),
    reason: "is for maintainers of this repository (write permission)",
    next: "Ask one of them to write it.",
  },
  approver: {
    admits: (actor) => actor.isApprover,
    reason: "is for the approvers of this channel",
    next: "The approvers stand in the channel's spec.promotion.approvals, or else in .github/okd-streams.yml.",
  },
};

/**
 * Whether this person may use this command: no, unless a rule says yes. `stream` is the stream that a `/retry` or `/cancel`
 * is about, where it is known; `/build` names its own. `who` may where what is named asks for more than its verb does.
 * The problem says why, and who may.
 */
export function authorise(
  command: Command,
  actor: Actor,
  stream?: string,
  who: Audience = ruleOf(command.verb).who,
): Result<void> {
  if (actor.isBot) return refuse(actor, command, "is for people, not for bots", undefined);
  const withdraws = command.verb === "decline" && actor.isRequester;
  const about = command.verb === "build" ? command.stream : stream;
  const audience = audiences[who];
  if (!withdraws && !audience.admits(actor, about)) {
    return refuse(actor, command, audience.reason, audience.next);
  }
  if (command.verb === "approve" && !command.cancel) return mayApprove(actor, command);
  return ok(undefined);
}

function mayApprove(actor: Actor, command: Command): Result<void> {
  const someoneElse = "Another approver has to write `/approve`.";
  if (actor.isRequester) {
    return refuse(actor, command, "never counts from whoever asked for the promotion", someoneElse);
  }
  if (actor.isAuthor) {
    return refuse(actor, command, "never counts from the pull request's author", someoneElse);
  }
  return ok(undefined);
}

function refuse(
  actor: Actor,
  command: Command,
  reason: string,
  next: string | undefined,
): Result<void> {
  const problem = { kind: "refused" as const, where: `/${command.verb} by ${actor.login}` };
  return failed({ ...problem, what: `This command ${reason}.`, ...(next && { next }) });
}
