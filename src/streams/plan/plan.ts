import type { RunRequest } from "../runs/run-request.ts";

/** A param as the build would get it, before `$(…)` is filled in. */
export interface PlannedParam {
  readonly name: string;
  readonly value: string;
  /** Who sets it: the stream, the pipeline's default, or the bot from the repository. */
  readonly source: "stream" | "default" | "repository";
}

/** What is asked of the cluster, as far as it is known before the merge: see `plannedRequest`. */
export interface PlannedRun {
  /** What the base would ask for; undefined for a stream that it does not have. */
  readonly before: RunRequest | undefined;
  readonly after: RunRequest;
}

export interface PlannedBuild {
  readonly stream: string;
  readonly title: string;
  readonly cluster: string;
  /** Path, URL at a commit, or name on the cluster. */
  readonly pipeline: string;
  readonly params: readonly PlannedParam[];
  /** In words, one for each input that changed. */
  readonly why: readonly string[];
  readonly run: PlannedRun;
}

export interface PlannedSchedule {
  readonly stream: string;
  readonly cron: string;
  readonly timeZone: string;
  /** ISO 8601, UTC. */
  readonly next: readonly string[];
}

/** Two streams that get into each other's way, and did not before the change. */
export interface Collision {
  readonly stream: string;
  /** The rule that says so. */
  readonly rule: string;
  /** With the other stream, and what they share. */
  readonly message: string;
}

/**
 * Why a run would not start at a cluster, or not with what it is given: `cluster`, it can't be used; `trigger`, it has
 * none for the pipeline; `unread`, the trigger leaves out what is sent; `unsent`, it reads what is not sent.
 */
export interface TriggerGap {
  /** Where the runs would be asked for. */
  readonly cluster: string;
  /** Whose triggers were looked at: those that the cluster has, or those that stand in the repository. */
  readonly seenIn: "cluster" | "repository";
  /** The pipeline's name as triggers compare it; empty where the cluster itself is the matter. */
  readonly pipeline: string;
  readonly problem: "cluster" | "trigger" | "unread" | "unsent";
  /** What is left out, such as `params.variant`; for `cluster` why. */
  readonly subject: string;
  /** The streams and channels whose runs are concerned. */
  readonly neededBy: readonly string[];
}

/** What is known of the triggers that the runs of a change need. */
export interface PlannedTriggers {
  readonly gaps: readonly TriggerGap[];
  /** Clusters that could not be asked, and why. */
  readonly notVerified: readonly { readonly cluster: string; readonly why: string }[];
}

/** What builds ask of a machine that no node of their cluster offers now. */
export interface NeedsGap {
  readonly cluster: string;
  /** In words that follow “no node”, such as `offers 16Gi of memory`. */
  readonly lacking: string;
  /** The streams that need it. */
  readonly neededBy: readonly string[];
}

/** What is known of the machines that the builds of a change need. */
export interface PlannedNeeds {
  readonly gaps: readonly NeedsGap[];
  /** Clusters whose nodes could not be looked at, and why. */
  readonly notVerified: readonly { readonly cluster: string; readonly why: string }[];
}

/** What the merge of a change would do, and why. */
export interface Plan {
  readonly builds: readonly PlannedBuild[];
  readonly collisions: readonly Collision[];
  readonly triggers: PlannedTriggers;
  readonly needs: PlannedNeeds;
  readonly notBuilt: readonly { readonly stream: string; readonly why: string }[];
  readonly removed: readonly string[];
  readonly schedules: readonly PlannedSchedule[];
  readonly channels: readonly { readonly channel: string; readonly why: readonly string[] }[];
}
