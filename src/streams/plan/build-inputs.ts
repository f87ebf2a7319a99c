import { createHash } from "node:crypto";
import type { Pipeline, Task } from "../../tekton/types.ts";
import { canonicalJson } from "../json.ts";
import type { Sourced, StreamsRepository } from "../repository.ts";
import { haveSameItems } from "../same-items.ts";
import { taskFileOf } from "../task-file-of.ts";
import type { Stream } from "../types.ts";

/** What a stream is built from, flat: what a person could change, and its value as text. */
export type BuildInputs = ReadonlyMap<string, string>;

type PipelineFile = Sourced<Pipeline> | Sourced<Task>;

interface KnownInputs {
  readonly files: readonly PipelineFile[];
  readonly inputs: BuildInputs;
}

/** Most streams and the files that they are built from are the same in one revision after the other. */
const known = new WeakMap<Stream, KnownInputs>();
const knownDigests = new WeakMap<PipelineFile, string>();
const knownTaskPaths = new WeakMap<Sourced<Pipeline>, readonly string[]>();

/**
 * The inputs of a stream's build by name: `version`, `build.params.branch`, `tekton/tasks/x.yaml`, and so on. Files
 * stand with the sha256 of their data, so that comments and white space in them change nothing. The same inputs of the
 * same stream are the same object.
 */
export function buildInputs(repository: StreamsRepository, stream: Stream): BuildInputs {
  const files = pipelineFiles(repository, stream.spec.build.pipelineRef);
  const before = known.get(stream);
  if (before !== undefined && haveSameItems(before.files, files)) return before.inputs;
  const inputs = inputsOf(stream, files);
  known.set(stream, { files, inputs });
  return inputs;
}

function inputsOf({ spec }: Stream, files: readonly PipelineFile[]): BuildInputs {
  const { params = {}, workspaces = {}, timeouts = {}, needs = {}, ...build } = spec.build;
  const inputs: Record<string, unknown> = {
    version: spec.version,
    operatingSystem: spec.operatingSystem,
    architectures: [...spec.architectures].sort(),
    release: spec.release,
    ...prefixed("build", build),
    ...prefixed("build.params", params),
    ...prefixed("build.workspaces", workspaces),
    ...prefixed("build.timeouts", timeouts),
    ...prefixed("build.needs", needs),
  };
  const texts = Object.entries(inputs).map(
    ([name, value]) => [name, canonicalJson(value)] as const,
  );
  const digests = files.map((file) => [file.path, digestOf(file)] as const);
  return new Map([...texts, ...digests].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function prefixed(prefix: string, fields: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`${prefix}.${name}`, value]),
  );
}

/** The pipeline and its tasks, as far as they stand in this repository; each file once. */
function pipelineFiles(
  { pipelines, tasks }: StreamsRepository,
  pipelineRef: Stream["spec"]["build"]["pipelineRef"],
): readonly PipelineFile[] {
  const pipeline = "path" in pipelineRef ? pipelines.get(pipelineRef.path) : undefined;
  if (pipeline === undefined) return [];
  const files: PipelineFile[] = [pipeline];
  for (const path of taskPaths(pipeline)) {
    const task = tasks.get(path);
    if (task !== undefined) files.push(task);
  }
  return files;
}

/** The files of a pipeline's tasks, as far as they stand in this repository; each once. */
export function taskPaths(pipeline: Sourced<Pipeline>): readonly string[] {
  const before = knownTaskPaths.get(pipeline);
  if (before !== undefined) return before;
  const { tasks, finally: last = [] } = pipeline.value.spec;
  const paths = [...tasks, ...last].flatMap(({ taskRef }) => {
    const place = taskFileOf(taskRef);
    return place.kind === "path" ? [place.path] : [];
  });
  const unique = [...new Set(paths)];
  knownTaskPaths.set(pipeline, unique);
  return unique;
}

function digestOf(file: PipelineFile): string {
  const before = knownDigests.get(file);
  if (before !== undefined) return before;
  const digest = createHash("sha256").update(canonicalJson(file.source.value)).digest("hex");
  knownDigests.set(file, digest);
  return digest;
}
