import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "../../problem.ts";
import type { EngineOptions } from "../../runner/start-engine.ts";
import type { WorkspaceBinding } from "../../tekton/types.ts";
import { findRepositoryRoot } from "../find-repository-root.ts";
import { fetchText } from "./fetch-text.ts";
import { withGivenParams, type WrittenParam } from "./given-params.ts";
import { withGivenWorkspaces } from "./given-workspaces.ts";
import { readDocuments, type RunDocuments } from "./read-documents.ts";
import { specOfRun } from "./spec-of-run.ts";

/** What a call asks to be run, with everything that it gives by hand filled in. */
export type Wanted = RunDocuments & Pick<EngineOptions, "resolveGit">;

export interface WantedOptions {
  readonly filename?: readonly string[];
  readonly param: readonly WrittenParam[];
  readonly workspace: readonly WorkspaceBinding[];
}

function unreadable(file: string, error: unknown): never {
  const what = error instanceof Error ? error.message : String(error);
  throw new ProblemError({
    kind: "not-found",
    where: file,
    what: `The file cannot be read: ${what}.`,
    next: "Give -f a file, folder or URL with Tekton objects, or - for standard input.",
  });
}

const isUrl = (name: string): boolean => /^https?:\/\//.test(name);

/** The files of a folder as `kubectl -f` reads it: not those of its folders. */
async function filesAt(path: string): Promise<readonly string[]> {
  if (isUrl(path)) return [path];
  const found = await stat(path).catch((error: unknown) => unreadable(path, error));
  if (!found.isDirectory()) return [path];
  const names = await readdir(path).catch((error: unknown) => unreadable(path, error));
  const files = names.filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  return files.map((name) => join(path, name));
}

async function readText(file: string): Promise<{ readonly file: string; readonly text: string }> {
  if (isUrl(file)) return { file, text: await fetchText(file) };
  const text = await readFile(file, "utf8").catch((error: unknown) => unreadable(file, error));
  return { file, text };
}

async function documentsOf(names: readonly string[]): Promise<RunDocuments> {
  const paths = names.map((name) => (name === "-" ? "/dev/stdin" : name));
  const files = (await Promise.all(paths.map(filesAt))).flat();
  const documents = readDocuments(await Promise.all(files.map(readText)));
  if (documents.runs.length > 0) return documents;
  const beside = documents.ignored.length === 0 ? "" : ` beside ${documents.ignored.join(", ")}`;
  throw new ProblemError({
    kind: "invalid",
    what: `There is nothing to run${beside}.`,
    where: names.join(", "),
    next: "Give a PipelineRun, TaskRun, Pipeline or Task.",
  });
}

function refuseEqualNames({ runs }: RunDocuments): void {
  const names = runs.map(({ kind, metadata }) => `${kind} ${metadata.name ?? ""}`);
  const double = names.find((name, index) => !name.endsWith(" ") && names.indexOf(name) !== index);
  if (double === undefined) return;
  throw new ProblemError({
    kind: "conflict",
    what: `There are two runs called ${double}.`,
    next: "Rename one, or give both metadata.generateName.",
  });
}

/** Reads what is to be run; throws a ProblemError where the call or the files cannot be used. */
export async function readWanted(
  stream: string | undefined,
  { filename, param, workspace }: WantedOptions,
): Promise<Wanted> {
  if ((stream === undefined) === (filename === undefined)) {
    const both = stream !== undefined;
    throw new ProblemError({
      kind: "invalid",
      what: both
        ? "There are both a stream and a file to run."
        : "There is neither a stream nor a file to run.",
      next: "Give the name of a stream, or a file with -f.",
    });
  }
  if (stream !== undefined) {
    // Files of Tekton objects need nothing of what streams are checked with.
    const { runOfStream } = await import("./run-of-stream.ts");
    const { run, target, resolveGit } = runOfStream(findRepositoryRoot(".").root, stream);
    const filled = withGivenWorkspaces(withGivenParams(run, param, target), workspace, target);
    const beside = {
      definitions: [],
      secrets: {},
      configMaps: {},
      accounts: {},
      ignored: [],
      doubts: [],
    };
    return { runs: [filled], ...beside, resolveGit };
  }
  const documents = await documentsOf(filename ?? []);
  refuseEqualNames(documents);
  const { definitions } = documents;
  const runs = documents.runs.map((run) => {
    const target = specOfRun(run, definitions);
    return withGivenWorkspaces(withGivenParams(run, param, target), workspace, target);
  });
  return { ...documents, runs };
}
