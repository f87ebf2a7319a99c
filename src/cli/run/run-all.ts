import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { unwrap } from "../../problem.ts";
import type { IsolationChoice } from "../../runner/isolation/types.ts";
import type { StoredObject } from "../../runner/object-store.ts";
import { startEngine, type Engine } from "../../runner/start-engine.ts";
import type { PipelineRun, TaskRun } from "../../tekton/types.ts";
import type { Wanted } from "./read-wanted.ts";
import { tellProgress } from "./tell-progress.ts";

export interface RunOptions {
  readonly isolation: IsolationChoice;
  readonly output: "yaml" | "json";
  readonly logs: boolean;
  readonly directory?: string;
  readonly allowGit?: readonly string[];
}

function start(engine: Engine, run: PipelineRun | TaskRun): string {
  const created =
    run.kind === "PipelineRun" ? engine.createPipelineRun(run) : engine.createTaskRun(run);
  return unwrap<StoredObject>(created).metadata.name;
}

/** The first signal ends the tasks and lets finally run; the second ends everything. */
function cancelOnSignal(engine: Engine, tell: (text: string) => void): () => void {
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    tell(
      signals === 1
        ? "Cancelling; finally tasks still run. Once more ends everything.\n"
        : "Ending everything.\n",
    );
    engine.stopAll(signals === 1 ? "CancelledRunFinally" : "Cancelled");
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return () => {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
}

function print(objects: readonly StoredObject[], format: "yaml" | "json"): void {
  const [only] = objects;
  const printed = objects.length === 1 ? only : { apiVersion: "v1", kind: "List", items: objects };
  const text =
    format === "json"
      ? `${JSON.stringify(printed, undefined, 2)}\n`
      : stringify(printed, { version: "1.1", aliasDuplicateObjects: false });
  process.stdout.write(text);
}

/** Runs everything that is wanted to its end, and prints what became of it. Gives the exit code. */
export async function runAll(wanted: Wanted, options: RunOptions): Promise<number> {
  const tell = (text: string): void => void process.stderr.write(text);
  const stateDirectory = options.directory ?? mkdtempSync(join(tmpdir(), "okd-streams-run-"));
  const engine = startEngine({
    stateDirectory,
    isolation: options.isolation,
    secrets: wanted.secrets,
    configMaps: wanted.configMaps,
    accounts: wanted.accounts,
    gitAllowlist: options.allowGit ?? [],
    ...(wanted.resolveGit !== undefined && { resolveGit: wanted.resolveGit }),
  });
  const stopListening = cancelOnSignal(engine, tell);
  try {
    tell(`Isolation: ${engine.isolation}\n`);
    if (wanted.ignored.length > 0) {
      tell(`Ignored, as it means something on a cluster only: ${wanted.ignored.join(", ")}\n`);
    }
    for (const object of wanted.definitions) engine.apply(object);
    const logsWritten = tellProgress(engine, options.logs, tell);
    const names = wanted.runs.map((run) => start(engine, run));
    await Promise.all(names.map((name) => engine.finished(name)));
    await logsWritten();
    const finished = names.flatMap((name) => {
      const object = engine.store.pipelineRuns.get(name) ?? engine.store.taskRuns.get(name);
      return object === undefined ? [] : [object];
    });
    print(finished, options.output);
    const succeeded = finished.every(({ status }) => status?.conditions[0]?.status === "True");
    return succeeded ? 0 : 1;
  } finally {
    stopListening();
    await engine.close();
    if (options.directory === undefined) rmSync(stateDirectory, { recursive: true, force: true });
  }
}
