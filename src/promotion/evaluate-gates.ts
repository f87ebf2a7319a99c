import type { Channel } from "../streams/types.ts";
import { activeFreeze } from "./active-freeze.ts";
import { countApprovals, type GivenApproval } from "./count-approvals.ts";
import type { TeamMembers } from "./is-approver.ts";
import { code, plain } from "./markdown.ts";
import { parseSoak } from "./parse-soak.ts";
import type { ObservedVerification } from "./release-phase.ts";
import type { Gate, GateName, Release } from "./types.ts";

/** What gates are evaluated from. Whatever could not be read is undefined, and closes its gate. */
export interface GateInput {
  readonly now: Date;
  /** The channel's policy, from the default branch. */
  readonly policy: Channel["spec"]["promotion"];
  readonly release: Pick<Release, "name" | "phase" | "phaseReason" | "acceptedAt"> | undefined;
  readonly verifications: readonly ObservedVerification[] | undefined;
  readonly approvals: readonly GivenApproval[] | undefined;
  readonly settingsApprovers: readonly string[] | undefined;
  readonly teams: TeamMembers;
  readonly decisionDigest: string;
  readonly requester: string;
  readonly author: string;
  readonly hold: { readonly by: string; readonly reason: string } | undefined;
  /** Head of the promotion branch: as the bot made it, and as it is. */
  readonly madeHead: string | undefined;
  readonly head: string | undefined;
}

/** The gates of a promotion, in the order in which a person reads them. Never throws; what is unknown is not open. */
export function evaluateGates(input: GateInput): Gate[] {
  const gates = [releaseGate(input)];
  if ((input.policy.requires ?? []).length > 0) gates.push(verificationGate(input));
  if (input.policy.soak !== undefined) gates.push(soakGate(input, input.policy.soak));
  return [...gates, approvalsGate(input), freezeGate(input), holdGate(input), contentsGate(input)];
}

/** Whether a promotion may be merged: every gate is open, and there are gates. */
export function mayMerge(gates: readonly Gate[]): boolean {
  return gates.length > 0 && gates.every(({ state }) => state === "open");
}

function gate(name: GateName, state: Gate["state"], why: string, until?: string): Gate {
  return { name, state, why, ...(until !== undefined && { until }) };
}

function releaseGate({ release }: GateInput): Gate {
  if (release === undefined) return gate("release", "unknown", "The release was not found.");
  const { name, phase, phaseReason } = release;
  if (phase === "Accepted") return gate("release", "open", `${code(name)} is Accepted.`);
  const reason = phaseReason === null ? "" : ` (${plain(phaseReason)})`;
  const state = phase === "Ready" || phase === "Pending" ? "waiting" : "closed";
  return gate("release", state, `${code(name)} is ${phase}${reason}; it has to be Accepted.`);
}

function verificationGate({ policy, verifications }: GateInput): Gate {
  if (verifications === undefined) {
    return gate("verification", "unknown", "The verifications of the release could not be read.");
  }
  const required = (policy.requires ?? []).map((name) => ({
    name,
    state: verifications.find((verification) => verification.name === name)?.state,
  }));
  const pick = (...states: (ObservedVerification["state"] | undefined)[]) =>
    required.filter(({ state }) => states.includes(state)).map(({ name }) => code(name));
  const absent = pick(undefined);
  if (absent.length > 0) {
    return gate("verification", "unknown", `Nothing is known of ${absent.join(", ")}.`);
  }
  const broken = pick("failed");
  if (broken.length > 0) return gate("verification", "closed", `${broken.join(", ")} failed.`);
  const open = pick("waiting", "running");
  if (open.length > 0) return gate("verification", "waiting", `Waits for ${open.join(", ")}.`);
  return gate("verification", "open", `${pick("succeeded").join(", ")} succeeded.`);
}

function soakGate({ release, now }: GateInput, soak: string): Gate {
  const duration = parseSoak(soak);
  const since = Date.parse(release?.acceptedAt ?? "");
  if (duration === undefined) {
    return gate("soak", "unknown", `${code(soak)} is no duration such as \`24h\`.`);
  }
  if (Number.isNaN(since)) {
    return gate("soak", "unknown", `The ${soak} count from when the release is Accepted.`);
  }
  const until = new Date(since + duration).toISOString();
  const how = `Accepted since ${new Date(since).toISOString()}; the channel asks for ${soak}`;
  if (now.getTime() >= since + duration) return gate("soak", "open", `${how}.`);
  return gate("soak", "waiting", `${how}, which is over at ${until}.`, until);
}

function approvalsGate(input: GateInput): Gate {
  const { approvals, policy } = input;
  if (approvals === undefined) {
    return gate("approvals", "unknown", "The approvals could not be read.");
  }
  const count = countApprovals({ ...input, approvals, policy: policy.approvals });
  const { minimum } = policy.approvals;
  const sum = `${count.counted.length} of ${minimum} approvals`;
  if (count.counted.length >= minimum && count.missing.length === 0) {
    return gate("approvals", "open", `${sum}.`);
  }
  const missing =
    count.missing.length === 0 ? "" : ` ${count.missing.map(code).join(", ")} has to approve.`;
  if (count.unknownTeams.length > 0) {
    const teams = count.unknownTeams.map(code).join(", ");
    return gate("approvals", "unknown", `${sum}; who is in ${teams} could not be read.${missing}`);
  }
  return gate("approvals", "waiting", `${sum}.${missing}`);
}

function freezeGate({ policy, now }: GateInput): Gate {
  const active = activeFreeze(policy.freezes ?? [], now);
  if (!active.ok) return gate("freeze", "unknown", plain(active.problem.what));
  if (active.value === undefined) return gate("freeze", "open", "The channel is not frozen.");
  const { freeze, until } = active.value;
  return gate("freeze", "waiting", `Frozen until ${until}: ${plain(freeze.reason)}`, until);
}

function holdGate({ hold }: GateInput): Gate {
  if (hold === undefined) return gate("hold", "open", "Nobody holds it.");
  const reason = hold.reason === "" ? "" : `: ${plain(hold.reason)}`;
  return gate("hold", "closed", `Held by ${plain(hold.by)}${reason}. \`/unhold\` ends it.`);
}

function contentsGate({ madeHead, head }: GateInput): Gate {
  if (madeHead === undefined || head === undefined) {
    return gate("contents", "unknown", "The head of the pull request could not be read.");
  }
  if (madeHead === head) return gate("contents", "open", "Only the bot wrote to this branch.");
  return gate(
    "contents",
    "closed",
    `${code(head.slice(0, 10))} was not made by the bot. Close this pull request and ask for the promotion again.`,
  );
}
