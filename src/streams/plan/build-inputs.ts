import { createHash } from "node:crypto";
import { canonicalJson } from "../json.ts";
import type { StreamsRepository } from "../repository.ts";
import { taskFileOf } from "../task-file-of.ts";
import type { Stream } from "../types.ts";

/** What a stream is built from, flat: what a person could change, and its value as text. */
export type BuildInputs = ReadonlyMap<string, string>;

/**
 * The inputs of a stream's build by name: `version`, `build.params.branch`, `tekton/tasks/x.yaml`, and so on. Files
 * stand with the sha256 of their data, so that comments and white space in them change nothing.
 */
export function buildInputs(repository: StreamsRepository, { spec }: Stream): BuildInputs {
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
  const files = pipelineFiles(repository, spec.build.pipelineRef);
  const texts = Object.entries(inputs).map(
    ([name, value]) => [name, canonicalJson(value)] as const,
  );
  return new Map([...texts, ...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function prefixed(prefix: string, fields: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`${prefix}.${name}`, value]),
  );
}

function pipelineFiles(
  { pipelines, tasks }: StreamsRepository,
  pipelineRef: Stream["spec"]["build"]["pipelineRef"],
): Map<string, string> {
  const pipeline = "path" in pipelineRef ? pipelines.get(pipelineRef.path) : undefined;
  if (pipeline === undefined) return new Map();
  const { spec } = pipeline.value;
  const files = [...spec.tasks, ...(spec.finally ?? [])].flatMap(({ taskRef }) => {
    const place = taskFileOf(taskRef);
    const task = place.kind === "path" ? tasks.get(place.path) : undefined;
    return task === undefined ? [] : [task];
  });
  return new Map(
    [pipeline, ...files].map(({ path, source }) => [path, sha256(canonicalJson(source.value))]),
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
