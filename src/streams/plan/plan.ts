/** A param as the build would get it, before `$(…)` is filled in. */
export interface PlannedParam {
  readonly name: string;
  readonly value: string;
  /** Who sets it: the stream, the pipeline's default, or the bot from the repository. */
  readonly source: "stream" | "default" | "repository";
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
}

export interface PlannedSchedule {
  readonly stream: string;
  readonly cron: string;
  readonly timeZone: string;
  /** ISO 8601, UTC. */
  readonly next: readonly string[];
}

/** What the merge of a change would do, and why. */
export interface Plan {
  readonly builds: readonly PlannedBuild[];
  readonly notBuilt: readonly { readonly stream: string; readonly why: string }[];
  readonly removed: readonly string[];
  readonly schedules: readonly PlannedSchedule[];
  readonly channels: readonly { readonly channel: string; readonly why: readonly string[] }[];
}
