import type { ApprovalPolicy } from "../streams/types.ts";
import { approverNames, isAmong, unknownTeams, type TeamMembers } from "./is-approver.ts";

export interface GivenApproval {
  readonly login: string;
  readonly decisionDigest: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export interface ApprovalInput {
  readonly policy: ApprovalPolicy;
  readonly settingsApprovers: readonly string[] | undefined;
  readonly teams: TeamMembers;
  readonly approvals: readonly GivenApproval[];
  /** The digest of what would be merged now. */
  readonly decisionDigest: string;
  readonly requester: string;
  /** Who opened the pull request. */
  readonly author: string;
}

export interface ApprovalCount {
  readonly counted: readonly GivenApproval[];
  readonly ignored: readonly { readonly login: string; readonly why: string }[];
  /** Names of spec.promotion.approvals.required that have not approved yet. */
  readonly missing: readonly string[];
  /** Teams whose members could not be read: an approval of theirs does not count. */
  readonly unknownTeams: readonly string[];
}

/** Which approvals count towards a decision, and why each other one does not. One person counts once. */
export function countApprovals(input: ApprovalInput): ApprovalCount {
  const names = approverNames(input.policy, input.settingsApprovers);
  const counted = new Map<string, GivenApproval>();
  const ignored: { login: string; why: string }[] = [];
  for (const approval of input.approvals) {
    const why = whyIgnored(approval, names, input);
    if (why === undefined) counted.set(approval.login.toLowerCase(), approval);
    else ignored.push({ login: approval.login, why });
  }
  const approvals = [...counted.values()];
  const missing = (input.policy.required ?? []).filter(
    (name) => !approvals.some(({ login }) => isAmong(login, [name], input.teams)),
  );
  return { counted: approvals, ignored, missing, unknownTeams: unknownTeams(names, input.teams) };
}

function whyIgnored(
  approval: GivenApproval,
  names: readonly string[],
  { requester, author, decisionDigest, teams }: ApprovalInput,
): string | undefined {
  const login = approval.login.toLowerCase();
  if (login === requester.toLowerCase()) return "asked for this promotion";
  if (login === author.toLowerCase()) return "opened this pull request";
  if (!isAmong(login, names, teams)) return "is no approver of this channel";
  if (approval.decisionDigest !== decisionDigest) return "approved something else than this";
  return undefined;
}
