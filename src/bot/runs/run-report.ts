import type { ObservedTask } from "../../cluster/types.ts";

/** Every state of a run; the first four are under way. */
export type RunState =
  | "requested"
  | "submitted"
  | "queued"
  | "running"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "timed-out"
  | "lost"
  | "parked";

/** What a person is told of one run. Times are ISO 8601. */
export interface RunReport {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly state: RunState;
  readonly reason: string;
  /** For people: what it waits for, or what went wrong. */
  readonly message: string;
  readonly name: string;
  readonly cluster: string;
  readonly commit: string;
  readonly attempt: number;
  readonly requestedBy: string | undefined;
  readonly startedAt: string | undefined;
  readonly finishedAt: string | undefined;
  readonly results: Readonly<Record<string, string>>;
  readonly tasks: readonly ObservedTask[];
  readonly logTail: string | undefined;
  /** Name of the release that the run made. */
  readonly release: string | undefined;
  readonly releasePhase: string | undefined;
  /** The release's image, where a tag named it after the build and the pipeline gave no results. */
  readonly imageByTag?: string;
  readonly url: string;
}

/** Whether nothing more will happen to the run. */
export function isOver(state: RunState): boolean {
  return !["requested", "submitted", "queued", "running"].includes(state);
}
