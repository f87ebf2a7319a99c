import type { SeenFiles } from "./seen-files.ts";

export type IsolationChoice = "auto" | "process" | "namespace" | "podman";

/** A directory or file of this machine, and where a step sees it. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** What a step or a sidecar is, ready to be started. */
export interface Container {
  /** Unique in its attempt: `step-build`, `sidecar-server`. */
  readonly name: string;
  readonly image: string;
  /** Empty where the image's own entrypoint is meant. */
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** What it ends with when a signal ended it, where that is not 128 and the signal's number. */
  readonly signalled?: number;
  /** A directory of the attempt, for what the isolation has to write, which makes it. */
  readonly scratch: string;
}

/** A process to start on this machine, its standard error joined to its standard output. */
export interface Launch {
  readonly argv: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Ends what does not die with the process group. */
  readonly end?: () => void;
}

export interface Isolation {
  readonly kind: Exclude<IsolationChoice, "auto">;
  /** Brings an image here, and gives why it can't; absent where steps use this machine's programs. */
  readonly fetchImage?: (image: string, signal: AbortSignal) => Promise<string | undefined>;
  /** What a script has for its /bin/sh, where that is not what stands there. */
  readonly shell?: string;
  /** Where a step sees a directory that Tekton would mount at `target`. */
  locate(source: string, target: string): string;
  /** What a container with these mounts sees of this machine's files. */
  seen(mounts: readonly Mount[]): SeenFiles;
  /** The process that runs a container. */
  launch(container: Container): Launch;
  /** The process that runs a command in a container that was launched as the process `pid`. */
  enter(container: Container, pid: number, command: readonly string[]): Launch;
  /** A command that ends whatever is left of all containers; for the reaper. */
  readonly sweep: readonly string[];
}

/** The search path of steps; administrators' programs are where `mount` is found. */
export const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
