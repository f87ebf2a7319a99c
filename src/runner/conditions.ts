import type { Condition, Outcome } from "./types.ts";

/** Kubernetes writes times in whole seconds. */
export function timestamp(date = new Date()): string {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** The condition that an outcome, or a running object, has. The transition time stays while the status does. */
export function condition(
  outcome:
    Outcome | { readonly status: "Unknown"; readonly reason: string; readonly message: string },
  previous?: Condition,
): Condition {
  const lastTransitionTime =
    previous?.status === outcome.status ? previous.lastTransitionTime : timestamp();
  return { type: "Succeeded", ...outcome, lastTransitionTime };
}

export function failure(reason: string, message: string): Outcome {
  return { status: "False", reason, message };
}
