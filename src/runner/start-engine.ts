import { join, resolve } from "node:path";
import PQueue from "p-queue";
import { makeFolder } from "../make-folder.ts";
import { failed, ok, type Result } from "../problem.ts";
import {
  storedPipeline,
  storedStepAction,
  storedTask,
} from "../tekton/stored/stored-definition.ts";
import { storedPipelineRunSpec, storedTaskRunSpec } from "../tekton/stored/stored-run.ts";
import type { Pipeline, PipelineRun, StepAction, Task, TaskRun } from "../tekton/types.ts";
import { beginAlone, type Begin } from "./begin-together.ts";
import { condition, timestamp } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import { executeTaskRun } from "./execute-task-run.ts";
import { createGitPinner, pinned } from "./find-git-commit.ts";
import { createGitResolver, type GitResolver } from "./git-resolver.ts";
import { chooseIsolation } from "./isolation/choose-isolation.ts";
import type { Isolation, IsolationChoice } from "./isolation/types.ts";
import { keyTexts } from "./key-text.ts";
import { createLogLines, type LogLine } from "./log-lines.ts";
import { maskSecrets } from "./mask-secrets.ts";
import { createObjectStore, type ObjectStore } from "./object-store.ts";
import { readLog } from "./read-log.ts";
import { createStarter } from "./processes/create-starter.ts";
import { startReaper } from "./reaper.ts";
import {
  createRunControl,
  stopModes,
  type RunControl,
  type StopMode,
} from "./pipelines/run-control.ts";
import { runPipeline } from "./pipelines/run-pipeline.ts";
import { managedByTekton, storedMeta } from "./stored-meta.ts";
import { createTrash } from "./trash.ts";
import type { AccountSecrets, KeyedData, PipelineRunObject, TaskRunObject } from "./types.ts";

export interface EngineOptions {
  /** Where volumes, logs and the git caches are kept. */
  readonly stateDirectory: string;
  /** The state directory is removed when the engine is closed. */
  readonly temporary?: boolean;
  readonly namespace?: string;
  readonly isolation?: IsolationChoice;
  /** TaskRuns with steps at a time; as many as are due by default, as on a cluster: they may wait for one another. */
  readonly maxParallelTasks?: number;
  /** Bytes of each result, as on a cluster that reads them from a sidecar's log; 4096 together for each step otherwise. */
  readonly maxResultSize?: number;
  readonly secrets?: KeyedData;
  readonly configMaps?: KeyedData;
  /** What ServiceAccounts hold for the tools of their steps. */
  readonly accounts?: AccountSecrets;
  /** Prefixes of the URLs that the git resolver may fetch from; none by default. */
  readonly gitAllowlist?: readonly string[];
  /** Whether the git resolver takes branches and tags, as Tekton's does; full commits only by default. */
  readonly gitNames?: boolean;
  /** Takes the place of the git resolver, to offer files that are in no repository yet. */
  readonly resolveGit?: GitResolver;
}

/** Tekton Pipelines on this machine, without HTTP. */
export interface Engine {
  readonly namespace: string;
  readonly isolation: Isolation["kind"];
  readonly store: ObjectStore;
  /** Makes a Task, Pipeline or StepAction known by its name. */
  apply(object: Task | Pipeline | StepAction): void;
  /** Starts a run, at once or when `begin` lets it; `conflict` where there is one of that name. */
  createPipelineRun(run: PipelineRun, begin?: Begin): Result<PipelineRunObject>;
  createTaskRun(run: TaskRun, begin?: Begin): Result<TaskRunObject>;
  /** Ends a run before its time; `not-found` where there is none of that name. */
  stop(name: string, mode: StopMode): Result<void>;
  /** The same for everything that runs, TaskRuns too. */
  stopAll(mode: StopMode): void;
  /** Removes a run with its TaskRuns; one under way is cancelled. */
  removePipelineRun(name: string): Result<PipelineRunObject>;
  /** Settles when the run of this name is over; at once where there is none. */
  finished(name: string): Promise<void>;
  /** The log of a step, undefined where there is none; `lines` counts from the end. */
  readLog(pod: string, container: string, lines?: number): Promise<string | undefined>;
  /** Tells every line that containers write from now on; gives the function that ends it. */
  followLogs(listener: (line: LogLine) => void): () => void;
  /** Cancels what runs and waits until nothing is left of it. */
  close(): Promise<void>;
}

interface Running {
  readonly control: RunControl;
  readonly done: Promise<unknown>;
}

function conflict(kind: string, name: string): Result<never> {
  return failed({
    kind: "conflict",
    what: `${kind} "${name}" already exists`,
    next: "A name is used once; ask for a run under another name.",
  });
}

function createContext(options: EngineOptions): RunnerContext {
  const stateDirectory = resolve(options.stateDirectory);
  const scratch = join(stateDirectory, "scratch");
  makeFolder(scratch, 0o700);
  const isolation = chooseIsolation(options.isolation ?? "auto", scratch);
  const reaper = startReaper(
    isolation.kind === "process" ? join(stateDirectory, "tasks/") : "",
    isolation.sweep,
    options.temporary === true ? stateDirectory : "",
  );
  const starter = createStarter(reaper, { adopts: isolation.kind === "process" });
  const { secrets = {}, configMaps = {}, accounts = {}, gitAllowlist = [] } = options;
  return {
    namespace: options.namespace ?? "default",
    stateDirectory,
    store: createObjectStore(),
    isolation,
    reaper,
    starter,
    resolveGit: options.resolveGit ?? createGitResolver(join(stateDirectory, "git"), gitAllowlist),
    pinGit:
      options.gitNames === true
        ? createGitPinner(join(stateDirectory, "git"), gitAllowlist)
        : pinned,
    queue: new PQueue({
      concurrency: options.maxParallelTasks ?? Number.POSITIVE_INFINITY,
    }),
    ...(options.maxResultSize !== undefined && { maxResultSize: options.maxResultSize }),
    secrets,
    configMaps,
    accounts,
    tasks: new Map(),
    pipelines: new Map(),
    stepActions: new Map(),
    logLines: createLogLines(),
    trash: createTrash(stateDirectory, starter),
    mask: maskSecrets(Object.values(secrets).flatMap((keys) => Object.values(keyTexts(keys)))),
  };
}

/** Starts the engine. Throws a ProblemError where the isolation that was asked for does not work here. */
export function startEngine(options: EngineOptions): Engine {
  const context = createContext(options);
  const { store, namespace } = context;
  const running = new Map<string, Running>();

  const start = (name: string, work: (control: RunControl) => Promise<unknown>): void => {
    const control = createRunControl();
    // A run reports its own failures; what is thrown beyond that is a fault of this program.
    const done = work(control).finally(() => running.delete(name));
    running.set(name, { control, done });
  };

  const createPipelineRun: Engine["createPipelineRun"] = (run, begin) => {
    const metadata = storedMeta(run.metadata, namespace);
    if (store.pipelineRuns.get(metadata.name) !== undefined) {
      return conflict("pipelineruns.tekton.dev", metadata.name);
    }
    const { apiVersion, kind } = run;
    const spec = storedPipelineRunSpec(run.spec);
    const created = store.pipelineRuns.create({ apiVersion, kind, metadata, spec });
    start(metadata.name, (control) => {
      const mode = stopModes.find((one) => one === spec.status);
      if (mode !== undefined) control.stop(mode);
      return runPipeline(context, created, control, begin);
    });
    return ok(created);
  };

  const createTaskRun: Engine["createTaskRun"] = (run, begin = beginAlone) => {
    const labels = { ...managedByTekton, ...run.metadata.labels };
    const metadata = storedMeta({ ...run.metadata, labels }, namespace);
    if (store.taskRuns.get(metadata.name) !== undefined) {
      return conflict("taskruns.tekton.dev", metadata.name);
    }
    const { apiVersion, kind } = run;
    const spec = storedTaskRunSpec(run.spec);
    const waiting = condition({ status: "Unknown", reason: "Started", message: "" });
    const status = { conditions: [waiting], podName: "", startTime: timestamp() };
    const created = store.taskRuns.create({ apiVersion, kind, metadata, spec, status });
    start(`taskrun/${metadata.name}`, (control) => {
      if (spec.status === "TaskRunCancelled") control.stop("Cancelled");
      return executeTaskRun(context, created, control, begin);
    });
    return ok(created);
  };

  const stop = (name: string, mode: StopMode): Result<void> => {
    const run = store.pipelineRuns.get(name);
    if (run === undefined) {
      return failed({ kind: "not-found", what: `pipelineruns.tekton.dev "${name}" not found` });
    }
    const metadata = { ...run.metadata, generation: run.metadata.generation + 1 };
    store.pipelineRuns.update({ ...run, metadata, spec: { ...run.spec, status: mode } });
    running.get(name)?.control.stop(mode);
    return ok(undefined);
  };

  const removePipelineRun = (name: string): Result<PipelineRunObject> => {
    const removed = store.pipelineRuns.remove(name);
    if (removed === undefined) {
      return failed({ kind: "not-found", what: `pipelineruns.tekton.dev "${name}" not found` });
    }
    running.get(name)?.control.stop("Cancelled");
    for (const { metadata } of store.taskRuns.list()) {
      const owned = metadata.ownerReferences?.some(({ uid }) => uid === removed.metadata.uid);
      if (owned === true) store.taskRuns.remove(metadata.name);
    }
    return ok(removed);
  };

  const stopAll = (mode: StopMode): void => {
    for (const [name, { control }] of running) {
      if (store.pipelineRuns.get(name) === undefined) control.stop(mode);
      else stop(name, mode);
    }
  };

  return {
    namespace,
    isolation: context.isolation.kind,
    store,
    apply: (object) => {
      const { name } = object.metadata;
      if (object.kind === "Task") context.tasks.set(name, storedTask(object));
      else if (object.kind === "Pipeline") context.pipelines.set(name, storedPipeline(object));
      else context.stepActions.set(name, storedStepAction(object));
    },
    createPipelineRun,
    createTaskRun,
    stop,
    stopAll,
    removePipelineRun,
    finished: async (name) => {
      await (running.get(name) ?? running.get(`taskrun/${name}`))?.done;
    },
    readLog: (pod, container, lines) =>
      readLog(join(context.stateDirectory, "logs"), pod, container, lines),
    followLogs: (listener) => context.logLines.follow(listener),
    close: async () => {
      stopAll("Cancelled");
      await Promise.allSettled([...running.values()].map(({ done }) => done));
      await (options.temporary === true ? context.trash.parentRemoved() : context.trash.emptied());
      await context.starter.close();
      context.reaper.close();
    },
  };
}
