import { createHash } from "node:crypto";
import type { CheckRunInput } from "./check-run-input.ts";

/** What has to be remembered of a written check run to know what may still be done to it. */
export interface CheckRunState {
  readonly completed: boolean;
  /** Digest of the external id. */
  readonly key: string;
  /** Digest of the annotations; GitHub appends those of later updates and takes none back. */
  readonly annotations: string;
  /** Digest of everything else. */
  readonly rest: string;
}

const noAnnotations = "-";

/** The state that writing this input leads to. */
export function checkRunState(input: CheckRunInput): CheckRunState {
  const { annotations = [] } = input;
  // Times alone are no news: who asks again now means the same.
  const apart = ["known", "isFirst", "externalId", "annotations", "startedAt", "completedAt"];
  const rest = Object.entries(input).filter(([name]) => !apart.includes(name));
  return {
    completed: input.status === "completed",
    key: digest(input.externalId),
    annotations: annotations.length === 0 ? noAnnotations : digest(annotations),
    rest: digest(Object.fromEntries(rest)),
  };
}

/** One opaque text, for the store. */
export function writeState(state: CheckRunState): string {
  return [state.completed ? "c" : "o", state.key, state.annotations, state.rest].join(".");
}

/** The state that `writeState` wrote; undefined for any other text. */
export function readState(text: string): CheckRunState | undefined {
  const [completed, key, annotations, rest, more] = text.split(".");
  if (key === undefined || annotations === undefined || rest === undefined || more !== undefined)
    return undefined;
  return { completed: completed === "c", key, annotations, rest };
}

/**
 * Whether a check run can be changed into the wanted state. GitHub keeps a completed run completed, and its
 * annotations only grow: an update that brings any would double them where it is done again because its answer was lost.
 */
export function canUpdate(before: CheckRunState, wanted: CheckRunState): boolean {
  if (before.key !== wanted.key) return false;
  if (before.completed && !wanted.completed) return false;
  return before.annotations === wanted.annotations;
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
