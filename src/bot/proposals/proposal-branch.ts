const prefix = "okd-streams/propose-";

/** The branch that holds what an issue proposes. */
export function proposalBranch(issue: number): string {
  return `${prefix}${issue}`;
}

/** Whether a branch is one of those, whose files are made of what anybody writes into an issue. */
export function isProposalBranch(branch: string): boolean {
  return branch.startsWith(prefix);
}
