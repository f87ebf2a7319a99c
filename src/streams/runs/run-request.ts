import type { BuildNeeds, PipelineRef, WorkspaceSource } from "../types.ts";

export type RunKind = "build" | "verify" | "publish" | "trial";

/** Why a run was asked for; part of its key, so that one cause gives one run. */
export type Cause =
  | `merge:${string}`
  | `schedule:${string}`
  | `upstream:${string}`
  | `command:${string}`
  | `promotion:${string}`
  | `release:${string}`;

/** One PipelineRun that we want, with every value resolved; how it is asked for is the cluster's business. */
export interface RunRequest {
  readonly repositoryId: number;
  readonly kind: RunKind;
  /** The stream, release or channel that the run is about. */
  readonly subject: string;
  /** The stream that it belongs to; for a publish run, the stream of the release. */
  readonly stream: string;
  readonly inputDigest: string;
  readonly cause: Cause;
  /** From 1; a retry is the next attempt of the same key. */
  readonly attempt: number;
  readonly cluster: string;
  /** Full commit of the streams repository whose pipeline and tasks run. */
  readonly commit: string;
  readonly pipelineRef: PipelineRef;
  readonly params: Readonly<Record<string, string>>;
  readonly workspaces: Readonly<Record<string, WorkspaceSource>>;
  readonly timeouts: {
    readonly pipeline?: string;
    readonly tasks?: string;
    readonly finally?: string;
  };
  /** What a build asks of a machine: for people, as nothing is asked of the cluster with it. */
  readonly needs?: BuildNeeds;
  /** By stream: the release of it that was the newest Accepted one when this was asked for. */
  readonly upstreams?: Readonly<Record<string, string>>;
}
