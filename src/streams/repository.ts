import type { Pipeline, Task } from "../tekton/types.ts";
import type { SourceDocument } from "../yaml/types.ts";
import type { GitFile } from "./elsewhere/git-file.ts";
import type { Finding, SilencedFinding } from "./findings/finding.ts";
import type { Channel, ChannelRelease, Stream, StreamsSettings } from "./types.ts";

/** One file of a repository at one revision, as git has it. */
export interface RepositoryFile {
  readonly path: string;
  readonly mode: "file" | "executable" | "symlink" | "submodule";
  /** Bytes. */
  readonly size: number;
  /** Absent where the file is no regular file or is larger than `maximumFileSize`: nobody reads those. */
  readonly content?: Uint8Array;
}

/** A larger file is a finding and is never read; the largest real one is under 20 kB. */
export const maximumFileSize = 256 * 1024;

export const settingsPath = ".github/okd-streams.yml";

/** The folders and files that the bot reads; nothing else of the repository is ever looked at. */
export const watchedPaths = ["streams", "tekton", settingsPath] as const;

export interface Sourced<T> {
  readonly path: string;
  readonly source: SourceDocument;
  readonly value: T;
}

/** Everything a streams repository says at one revision, and what is wrong with it. */
export interface StreamsRepository {
  /** By metadata.name; a file with errors of schema is not here. */
  readonly streams: ReadonlyMap<string, Sourced<Stream>>;
  readonly channels: ReadonlyMap<string, Sourced<Channel>>;
  /** By the name of the channel. */
  readonly channelReleases: ReadonlyMap<string, Sourced<ChannelRelease>>;
  readonly settings: StreamsSettings;
  /** By path in the repository. */
  readonly pipelines: ReadonlyMap<string, Sourced<Pipeline>>;
  readonly tasks: ReadonlyMap<string, Sourced<Task>>;
  /** Everything that stands in tekton/, of whatever kind. */
  readonly tektonDocuments: readonly SourceDocument[];
  /** By path: the blobs that input digests cover. */
  readonly files: ReadonlyMap<string, RepositoryFile>;
  /** The files of other repositories that its pipelines and tasks stand in, as far as they are known. */
  readonly elsewhere: readonly GitFile[];
  /** Sorted by file, line, column. */
  readonly findings: readonly Finding[];
  /** What would be findings, but is silenced with a reason in the file itself; in the same order. */
  readonly silenced: readonly SilencedFinding[];
}
