/** Annotation with the whole run id, and label with as much of it as a label holds. */
export const runIdKey = "streams.okd.io/run-id";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const maximumLabelLength = 63;

/** The label's value: what a listing can select by. */
export function runIdLabel(runId: string): string {
  return runId.slice(0, maximumLabelLength);
}
