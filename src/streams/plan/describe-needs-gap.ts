import type { NeedsGap } from "./plan.ts";

/** What no machine of a cluster offers, in words, and what comes of it; `mark` is how a text of others is shown. */
export function describeNeedsGap(
  { cluster, lacking }: Pick<NeedsGap, "cluster" | "lacking">,
  mark: (text: string) => string,
): string {
  return `No node of cluster ${mark(cluster)} ${lacking}. Unless one comes, as where a cluster grows by itself, the pods that need it wait until the run times out.`;
}
