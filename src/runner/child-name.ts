import { createHash } from "node:crypto";

/** What a label may hold, and what is left of it beside a hash. */
const longest = 63;
const head = longest - 32;

function hashOf(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/**
 * The name of the run that a task of the run `parent` becomes, as Tekton gives it: `PARENT-TASK`, and where that is
 * longer than a label, with the hash of the parent in place of its end, or, where the task leaves no room for that, of
 * both. https://pkg.go.dev/knative.dev/pkg/kmeta#ChildName
 */
export function childName(parent: string, task: string): string {
  const suffix = `-${task}`;
  if (parent.length + suffix.length <= longest) return parent + suffix;
  const room = head - suffix.length;
  if (room > 0) return parent.slice(0, room) + hashOf(parent) + suffix;
  const both = parent.slice(0, head) + hashOf(parent + suffix) + suffix;
  return both.slice(0, longest).replace(/[^a-z0-9]+$/i, "");
}
