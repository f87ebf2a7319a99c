import type { Finding } from "../../streams/findings/finding.ts";
import type { ReadMerge } from "./read-merge.ts";
import { fixablePaths } from "./suggestions-of-review.ts";

/** Never settings or workflows, nor what a promotion wrote: those are changed by people, or by a promotion. */
const open = /^(?:streams|tekton)\//;
const ofPromotions = /^streams\/channels\/[^/]+\/release\.yaml$/;

/** The findings that the bot may mend with a commit to the branch of the pull request that brings them. */
export async function mendableFindings(
  merge: Pick<ReadMerge, "mirror" | "tree" | "head">,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const allowed = findings.filter(({ file }) => open.test(file) && !ofPromotions.test(file));
  const paths = await fixablePaths(merge, allowed);
  return allowed.filter(({ file, fix }) => fix !== undefined && paths.includes(file));
}
