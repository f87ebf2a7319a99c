import type { TriggerGap } from "./plan.ts";

/** What is missing at triggers, in words, and what to do; `mark` is how a text of others is shown. */
export function describeGap(gap: TriggerGap, mark: (text: string) => string): string {
  const { cluster, seenIn, problem, subject } = gap;
  if (problem === "cluster") return `Cluster ${mark(cluster)} cannot be used: ${subject}`;
  const write = mark(`okd-streams tekton manifests --cluster ${cluster}`);
  const mend =
    seenIn === "repository"
      ? `${write} writes what the streams need.`
      : `Write what the streams need with ${write}, and install it with ${mark("kubectl apply -k tekton/triggers")}.`;
  return `${told(gap, mark)}. ${mend}`;
}

function told(
  { cluster, seenIn, pipeline, problem, subject }: TriggerGap,
  mark: (text: string) => string,
): string {
  const where = seenIn === "cluster" ? `Cluster ${mark(cluster)}` : "The folder tekton/";
  const runs = seenIn === "cluster" ? "" : ` on cluster ${mark(cluster)}`;
  if (problem === "trigger") {
    return `${where} has no trigger for the pipeline ${mark(pipeline)}, so no run would start${runs}`;
  }
  const trigger = `${where} has a trigger for the pipeline ${mark(pipeline)}`;
  return problem === "unread"
    ? `${trigger} that leaves out ${mark(subject)}, so a run${runs} would go without what is given`
    : `${trigger} that needs ${mark(subject)}, which is not given, so no run would start${runs}`;
}
