import type PQueue from "p-queue";
import type { Pipeline, StepAction, Task } from "../tekton/types.ts";
import type { GitPinner } from "./find-git-commit.ts";
import type { GitResolver } from "./git-resolver.ts";
import type { Isolation } from "./isolation/types.ts";
import type { LogLines } from "./log-lines.ts";
import type { ObjectStore } from "./object-store.ts";
import type { Starter } from "./processes/starter.ts";
import type { Reaper } from "./reaper.ts";
import type { Trash } from "./trash.ts";
import type { AccountSecrets, KeyedData } from "./types.ts";

/** Everything that runs of one namespace share. */
export interface RunnerContext {
  readonly namespace: string;
  /** Holds volumes/, tasks/, logs/ and git/. */
  readonly stateDirectory: string;
  readonly store: ObjectStore;
  readonly isolation: Isolation;
  readonly reaper: Reaper;
  readonly starter: Starter;
  readonly resolveGit: GitResolver;
  readonly pinGit: GitPinner;
  /** Limits how many TaskRuns have steps at a time. */
  readonly queue: PQueue;
  /** Bytes of each result; undefined where a termination message has to hold all of a step. */
  readonly maxResultSize?: number;
  readonly secrets: KeyedData;
  readonly configMaps: KeyedData;
  readonly accounts: AccountSecrets;
  /** What stands in the namespace for references by name. */
  readonly tasks: Map<string, Task>;
  readonly pipelines: Map<string, Pipeline>;
  readonly stepActions: Map<string, StepAction>;
  readonly mask: (text: string) => string;
  readonly logLines: LogLines;
  readonly trash: Trash;
}
