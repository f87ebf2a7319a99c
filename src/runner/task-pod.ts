import type { Variables } from "../tekton/substitute.ts";
import type { EnvVar, ParamSpec, Step, TaskSpec } from "../tekton/types.ts";
import type { BoundWorkspace } from "./bind-workspaces.ts";
import type { EnvSources } from "./env-value-from.ts";
import type { OpenVolume } from "./volumes/open-volume.ts";

/** A step, the StepAction that it names written into it. */
export interface RunnableStep extends Step {
  /** The params that the StepAction declares; the step's own params are their values. */
  readonly declares?: readonly ParamSpec[];
}

export interface RunnableTaskSpec extends TaskSpec {
  readonly steps: readonly RunnableStep[];
}

/** The directories of one attempt of one TaskRun, on this machine. */
export interface TaskDirectories {
  readonly tekton: string;
  readonly home: string;
  readonly scripts: string;
  readonly workspace: string;
  /** For what the isolation has to write, which makes it. */
  readonly scratch: string;
  /** Whether steps could find the exit codes of others, which stand below `tekton` then. */
  readonly hasStatuses: boolean;
}

/** What the steps and sidecars of one attempt share, as the containers of a pod do. */
export interface TaskPod {
  readonly spec: RunnableTaskSpec;
  readonly variables: Variables;
  readonly directories: TaskDirectories;
  readonly workspaces: readonly BoundWorkspace[];
  readonly volumes: ReadonlyMap<string, OpenVolume>;
  readonly sources: EnvSources;
  /** Of the run's podTemplate; it wins over what the Task says. */
  readonly env: readonly EnvVar[];
  readonly logDirectory: string;
  /** Bytes of each result; undefined where a termination message has to hold all of a step. */
  readonly maxResultSize?: number;
}
