import type { Pipeline } from "../../tekton/types.ts";
import type { Checkable } from "../checks/checkable.ts";
import { taskFileOf } from "../task-file-of.ts";
import { gitFileKey } from "./git-file.ts";
import type { GitFile } from "./git-file.ts";
import type { PipelineUse } from "../types.ts";

/**
 * The files of other repositories that a repository names: pipelines of streams and channels, and the tasks of all
 * pipelines that are known.
 */
export function filesElsewhere(
  repository: Pick<Checkable, "streams" | "channels" | "pipelines" | "elsewhere">,
): readonly GitFile[] {
  const { streams, channels, pipelines, elsewhere } = repository;
  const ofUses: GitFile[] = [];
  const add = ({ pipelineRef }: PipelineUse) => {
    if ("git" in pipelineRef) ofUses.push(pipelineRef.git);
  };
  for (const { value } of streams.values()) {
    add(value.spec.build);
    value.spec.verify?.forEach(add);
  }
  for (const { value } of channels.values()) {
    if (value.spec.publish !== undefined) add(value.spec.publish);
  }
  const fetched = [...elsewhere.values()].flatMap((file) =>
    file.kind === "pipeline" ? [file.object] : [],
  );
  const ofTasks = [...pipelines.values(), ...fetched].flatMap(({ value }) => taskFilesOf(value));
  const named = new Map([...ofUses, ...ofTasks].map((file) => [gitFileKey(file), file]));
  return [...named.values()];
}

function taskFilesOf({ spec }: Pipeline): readonly GitFile[] {
  return [...spec.tasks, ...(spec.finally ?? [])].flatMap(({ taskRef }) => {
    const place = taskFileOf(taskRef);
    return place.kind === "git" ? [place.file] : [];
  });
}
