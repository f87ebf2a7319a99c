import type { TriggerGap } from "./plan.ts";

const write = "okd-streams tekton manifests";
const install = "kubectl apply -k tekton/triggers";

/** What is missing at triggers, in words, and what to do; `mark` is how a text of others is shown. */
export function describeGap(
  { cluster, pipeline, problem, subject }: TriggerGap,
  mark: (text: string) => string,
): string {
  const where = cluster === undefined ? "The repository" : `Cluster ${mark(cluster)}`;
  if (problem === "cluster") return `${where} cannot be used: ${subject}`;
  const mend =
    cluster === undefined
      ? `${mark(write)} writes what the streams need.`
      : `Write what the streams need with ${mark(write)}, and install it with ${mark(install)}.`;
  if (problem === "trigger") {
    return `${where} has no trigger for the pipeline ${mark(pipeline)}, so no run would start. ${mend}`;
  }
  const trigger = `${where} has a trigger for the pipeline ${mark(pipeline)}`;
  return problem === "unread"
    ? `${trigger} that leaves out ${mark(subject)}, so a run would go without what is given. ${mend}`
    : `${trigger} that needs ${mark(subject)}, which is not given, so no run would start. ${mend}`;
}
