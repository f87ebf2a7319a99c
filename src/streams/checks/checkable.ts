import type { Mistake } from "./mistake.ts";
import type { Sourced, StreamsRepository } from "../repository.ts";
import type { StreamsSettings } from "../types.ts";

/**
 * What the rules look at. Its streams and channels include those whose mistakes of schema could be read past, so that
 * one review tells everything that is wrong.
 */
export interface Checkable extends Pick<
  StreamsRepository,
  "streams" | "channels" | "channelReleases" | "pipelines" | "tasks" | "files"
> {
  readonly settings: StreamsSettings;
  readonly settingsFile: Sourced<StreamsSettings> | undefined;
  /** Names of all stream files, also of those that can't be read: they exist, whatever is wrong with them. */
  readonly streamNames: ReadonlySet<string>;
  readonly channelNames: ReadonlySet<string>;
  readonly now: Date;
}

/** One rule, or a few that need the same look; pure. */
export type Check = (repository: Checkable) => Mistake[];
