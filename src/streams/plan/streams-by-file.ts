import type { StreamsRepository } from "../repository.ts";
import { taskPaths } from "./build-inputs.ts";

/** By the path of a pipeline's or a task's file: the names of the streams that a build or a verification runs it for. */
export function streamsByFile({
  streams,
  pipelines,
}: Pick<StreamsRepository, "streams" | "pipelines">): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, Set<string>>();
  for (const [name, { value }] of streams) {
    for (const { pipelineRef } of [value.spec.build, ...(value.spec.verify ?? [])]) {
      const pipeline = "path" in pipelineRef ? pipelines.get(pipelineRef.path) : undefined;
      if (pipeline === undefined) continue;
      for (const path of [pipeline.path, ...taskPaths(pipeline)]) {
        const known = users.get(path);
        if (known === undefined) users.set(path, new Set([name]));
        else known.add(name);
      }
    }
  }
  return new Map([...users].map(([path, names]) => [path, [...names].sort()]));
}
