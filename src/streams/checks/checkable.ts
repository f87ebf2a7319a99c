import type { FilesElsewhere } from "../elsewhere/read-elsewhere.ts";
import type { Mistake } from "./mistake.ts";
import type { Sourced, StreamsRepository } from "../repository.ts";
import type { Stream, StreamsSettings } from "../types.ts";

/** What the rules about one stream may look at besides it; a stream is checked anew only where it or these change. */
export interface StreamSurroundings extends Pick<StreamsRepository, "pipelines" | "tasks"> {
  /** Paths of the files of tekton/, also of those that can't be read. */
  readonly tektonPaths: ReadonlySet<string>;
  readonly elsewhere: FilesElsewhere;
  readonly now: Date;
}

/**
 * What the rules look at. Its streams and channels include those whose mistakes of schema could be read past, so that
 * one review tells everything that is wrong.
 */
export interface Checkable
  extends
    StreamSurroundings,
    Pick<
      StreamsRepository,
      "streams" | "channels" | "channelReleases" | "files" | "tektonDocuments"
    > {
  readonly settings: StreamsSettings;
  /** What the deciding settings, those of the default branch, say of rules. */
  readonly severities: NonNullable<StreamsSettings["rules"]>;
  readonly settingsFile: Sourced<StreamsSettings> | undefined;
  /** Names of all stream files, also of those that can't be read: they exist, whatever is wrong with them. */
  readonly streamNames: ReadonlySet<string>;
  readonly channelNames: ReadonlySet<string>;
}

/** One rule about one stream, or a few that need the same look; pure. */
export type StreamCheck = (stream: Sourced<Stream>, around: StreamSurroundings) => Mistake[];

/** One rule about several objects, or a few that need the same look; pure, and linear with little work an object. */
export type Check = (repository: Checkable) => Mistake[];
