import { failed, ok } from "../../problem.ts";
import type { GitReference, GitResolver } from "../../runner/git-resolver.ts";
import { renderPipelineRun } from "../../streams/runs/render-pipeline-run.ts";
import { validateRepository } from "../../streams/validate-repository.ts";
import type { PipelineRun } from "../../tekton/types.ts";
import { buildRequest } from "../build-request.ts";
import { readWorkingTree } from "../read-working-tree.ts";
import type { SpecOfRun } from "./spec-of-run.ts";

/** Stands for the working tree in git references; no such repository can be fetched. */
const workingTreeUrl = "file:///working-tree";
const workingTreeRevision = "0".repeat(40);

export interface StreamRun {
  readonly run: PipelineRun;
  /** Undefined where its pipeline stands in another repository. */
  readonly target: SpecOfRun | undefined;
  /** Offers the files of the working tree, whether they are committed or not. */
  readonly resolveGit: GitResolver;
}

/**
 * The PipelineRun that builds a stream as it stands in a working tree. Throws a ProblemError where there is no such
 * stream, or its params cannot be resolved.
 */
export function runOfStream(root: string, name: string): StreamRun {
  const files = readWorkingTree(root);
  const now = new Date();
  const repository = validateRepository(files, { now });
  const request = buildRequest(repository, {
    name,
    where: root,
    cause: `command:${now.getTime()}`,
    commit: workingTreeRevision,
    time: now,
  });
  const resolveGit: GitResolver = ({ url, revision, path }: GitReference) => {
    if (url !== workingTreeUrl || revision !== workingTreeRevision) {
      const what = `Only files of the working tree can be used here, not ${url}.`;
      return Promise.resolve(failed({ kind: "refused", what }));
    }
    const content = files.find((file) => file.path === path)?.content;
    return Promise.resolve(
      content === undefined
        ? failed({ kind: "not-found", what: `There is no file ${path} in the working tree.` })
        : ok(new TextDecoder().decode(content)),
    );
  };
  const run = renderPipelineRun(request, { repositoryUrl: workingTreeUrl });
  const { pipelineRef } = request;
  const pipeline =
    "path" in pipelineRef ? repository.pipelines.get(pipelineRef.path)?.value : undefined;
  const target = pipeline === undefined ? undefined : { spec: pipeline.spec, embedded: false };
  return { run, target, resolveGit };
}
