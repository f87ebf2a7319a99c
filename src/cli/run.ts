import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { stringify } from "yaml";
import { ProblemError, unwrap } from "../problem.ts";
import type { IsolationChoice } from "../runner/isolation.ts";
import type { StoredObject } from "../runner/object-store.ts";
import { startEngine, type Engine, type EngineOptions } from "../runner/start-engine.ts";
import type { Param, PipelineRun, TaskRun } from "../tekton/types.ts";
import { findRepositoryRoot } from "./find-repository-root.ts";
import { readRunDocuments, withParams, type RunDocuments } from "./run-documents.ts";
import { runOfStream } from "./run-of-stream.ts";
import { tellProgress } from "./tell-progress.ts";

interface Options {
  readonly filename?: string;
  readonly param: readonly Param[];
  readonly isolation: IsolationChoice;
  readonly output: "yaml" | "json";
  readonly logs: boolean;
  readonly directory?: string;
  readonly allowGit: readonly string[];
}

type Wanted = RunDocuments & Pick<EngineOptions, "resolveGit">;

function collectParam(text: string, before: readonly Param[]): readonly Param[] {
  const [name = "", ...value] = text.split("=");
  if (name !== "" && value.length > 0) return [...before, { name, value: value.join("=") }];
  throw new ProblemError({
    kind: "invalid",
    what: `${JSON.stringify(text)} is no param.`,
    next: "Write --param NAME=VALUE.",
  });
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/**
 * `okd-streams run -f FILE` and `okd-streams run STREAM`: progress on stderr, at last the finished objects on stdout.
 * Exit code 0 only when all succeeded, 1 where one did not, 2 where nothing could be started.
 */
export function runCommand(): Command {
  return new Command("run")
    .description("Run a stream's build, or Tekton objects from a file, on this machine")
    .argument("[stream]", "name of a stream of the working tree")
    .option(
      "-f, --filename <file>",
      "Tasks, Pipelines, TaskRuns, PipelineRuns; - for standard input",
    )
    .option(
      "--param <name=value>",
      "a param in the place of the run's own; repeatable",
      collectParam,
      [],
    )
    .addOption(
      new Option("--isolation <kind>", "how steps are kept from this machine")
        .choices(["auto", "process", "namespace"])
        .default("auto"),
    )
    .addOption(
      new Option("-o, --output <format>", "how the finished objects are printed")
        .choices(["yaml", "json"])
        .default("yaml"),
    )
    .option("--logs", "print the logs of every step, not of failed ones only", false)
    .option("--directory <dir>", "keep volumes and logs there; where absent they are removed")
    .option(
      "--allow-git <prefix>",
      "a URL prefix that the git resolver may fetch; repeatable",
      collect,
      [],
    )
    .action(async (stream: string | undefined, options: Options) => {
      const wanted = await readWanted(stream, options);
      process.exitCode = await runAll(wanted, options);
    });
}

async function readWanted(stream: string | undefined, { filename }: Options): Promise<Wanted> {
  if ((stream === undefined) === (filename === undefined)) {
    throw new ProblemError({
      kind: "invalid",
      what:
        stream === undefined
          ? "There is neither a stream nor a file to run."
          : "There are both a stream and a file to run.",
      next: "Give the name of a stream, or a file with -f.",
    });
  }
  if (stream !== undefined) {
    const { run, resolveGit } = runOfStream(findRepositoryRoot(".").root, stream);
    return { runs: [run], definitions: [], secrets: {}, configMaps: {}, resolveGit };
  }
  const file = filename === "-" ? "/dev/stdin" : (filename ?? "");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    const what = error instanceof Error ? error.message : String(error);
    throw new ProblemError({
      kind: "not-found",
      where: file,
      what: `The file cannot be read: ${what}.`,
      next: "Give -f a file with Tekton objects, or - for standard input.",
    });
  });
  const documents = readRunDocuments(file, text);
  if (documents.runs.length > 0) return documents;
  throw new ProblemError({ kind: "invalid", what: "There is nothing to run.", where: file });
}

async function runAll(wanted: Wanted, options: Options): Promise<number> {
  const stateDirectory = options.directory ?? mkdtempSync(join(tmpdir(), "okd-streams-run-"));
  const engine = startEngine({
    stateDirectory,
    isolation: options.isolation,
    secrets: wanted.secrets,
    configMaps: wanted.configMaps,
    gitAllowlist: options.allowGit,
    ...(wanted.resolveGit !== undefined && { resolveGit: wanted.resolveGit }),
  });
  const stopListening = cancelOnSignal(engine);
  try {
    for (const object of wanted.definitions) engine.apply(object);
    const logsWritten = tellProgress(engine, options.logs, (text) => process.stderr.write(text));
    const names = wanted.runs.map((run) => start(engine, withParams(run, options.param)));
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

function start(engine: Engine, run: PipelineRun | TaskRun): string {
  const created =
    run.kind === "PipelineRun" ? engine.createPipelineRun(run) : engine.createTaskRun(run);
  return unwrap<StoredObject>(created).metadata.name;
}

/** The first signal ends the tasks and lets finally run; the second ends everything. */
function cancelOnSignal(engine: Engine): () => void {
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
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
