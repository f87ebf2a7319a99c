import { unwrap } from "../../problem.ts";
import { beginTogether, type Begin } from "../../runner/begin-together.ts";
import type { IsolationChoice } from "../../runner/isolation/types.ts";
import type { StoredObject } from "../../runner/object-store.ts";
import { startEngine, type Engine } from "../../runner/start-engine.ts";
import type { PipelineRun, TaskRun } from "../../tekton/types.ts";
import { pathHints } from "./path-hints.ts";
import { printedObjects } from "./printed-objects.ts";
import type { Wanted } from "./read-wanted.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";
import { tellProgress, type Told } from "./progress/tell-progress.ts";

export interface RunOptions {
  readonly isolation: IsolationChoice;
  readonly output: "yaml" | "json";
  readonly logs: boolean;
  readonly directory?: string;
  readonly allowGit?: readonly string[];
  readonly maxParallel?: number;
  readonly maxResultSize?: number;
}

function start(engine: Engine, run: PipelineRun | TaskRun, begin: Begin): string {
  const created =
    run.kind === "PipelineRun"
      ? engine.createPipelineRun(run, begin)
      : engine.createTaskRun(run, begin);
  return unwrap<StoredObject>(created).metadata.name;
}

/** Of a person, of whoever stops services, and of a terminal that is closed. */
const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * The first signal ends the tasks and lets finally run; the second ends everything. That nobody reads the output any
 * more comes with each line anew, so it counts once.
 */
function cancelOnSignal(engine: Engine, told: Told): () => void {
  let signals = 0;
  const onClosedOutput = (): void => {
    if (signals > 0) return;
    signals = 1;
    engine.stopAll("CancelledRunFinally");
  };
  const onSignal = (): void => {
    signals += 1;
    told.say(
      signals === 1
        ? "Cancelling: running tasks end, finally tasks still run. Once more ends everything."
        : "Ending everything.",
    );
    engine.stopAll(signals === 1 ? "CancelledRunFinally" : "Cancelled");
  };
  for (const signal of endingSignals) process.on(signal, onSignal);
  process.on("SIGPIPE", onClosedOutput);
  return () => {
    process.off("SIGPIPE", onClosedOutput);
    for (const signal of endingSignals) process.off(signal, onSignal);
  };
}

/**
 * Runs everything that is wanted to its end, and prints what became of it. Nothing starts where one of the runs cannot.
 * Gives the exit code.
 */
export async function runAll(wanted: Wanted, options: RunOptions): Promise<number> {
  const stateDirectory = options.directory ?? makeTemporaryFolder();
  const engine = startEngine({
    stateDirectory,
    temporary: options.directory === undefined,
    isolation: options.isolation,
    secrets: wanted.secrets,
    configMaps: wanted.configMaps,
    accounts: wanted.accounts,
    gitAllowlist: options.allowGit ?? [],
    gitNames: true,
    ...(options.maxParallel !== undefined && { maxParallelTasks: options.maxParallel }),
    ...(options.maxResultSize !== undefined && { maxResultSize: options.maxResultSize }),
    ...(wanted.resolveGit !== undefined && { resolveGit: wanted.resolveGit }),
  });
  const told = await tellProgress(engine, { allLogs: options.logs, stream: process.stderr });
  const together = beginTogether(wanted.runs.length);
  const stopListening = cancelOnSignal(engine, told);
  try {
    told.say(`Isolation: ${engine.isolation}`);
    if (wanted.ignored.length > 0) {
      told.say(`Ignored, as it means something on a cluster only: ${wanted.ignored.join(", ")}`);
    }
    const paths =
      engine.isolation === "process" ? pathHints([...wanted.definitions, ...wanted.runs]) : [];
    if (paths.length > 0) {
      told.say(
        `These paths are not there in plain processes; name them by variables, or use --isolation namespace: ${paths.join("; ")}`,
      );
    }
    for (const doubt of wanted.doubts) told.say(`A cluster may not take this: ${doubt}`);
    for (const object of wanted.definitions) engine.apply(object);
    const names = wanted.runs.map((run) => start(engine, run, together.begin));
    await Promise.all(names.map((name) => engine.finished(name)));
    if (together.isRefused() && names.length > 1) {
      told.say("Nothing was started, as not every run of the files can be carried out.");
    }
    await told.end();
    const finished = names.flatMap((name) => {
      const object = engine.store.pipelineRuns.get(name) ?? engine.store.taskRuns.get(name);
      return object === undefined ? [] : [object];
    });
    process.stdout.write(printedObjects(finished, options.output));
    if (together.isRefused()) return 2;
    const succeeded = finished.every(({ status }) => status?.conditions[0]?.status === "True");
    return succeeded ? 0 : 1;
  } finally {
    together.end();
    await told.end();
    await engine.close();
    stopListening();
  }
}
