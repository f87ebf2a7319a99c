import type { EmbeddedMeta, ObjectMeta } from "../tekton/types.ts";

/** What kubectl notes for itself. */
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** The labels and annotations of a Task or Pipeline that its runs take over, where they have none of the name. */
export function inheritedMeta({
  labels = {},
  annotations = {},
}: ObjectMeta): Required<EmbeddedMeta> {
  const others = Object.entries(annotations).filter(([key]) => key !== lastApplied);
  return { labels, annotations: Object.fromEntries(others) };
}
