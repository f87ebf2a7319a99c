import type { Pipeline } from "../../tekton/types.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { describeGitFile } from "../elsewhere/git-file.ts";
import type { GitFile } from "../elsewhere/git-file.ts";
import { pipelineOf } from "../elsewhere/pipeline-of.ts";
import { knowFile } from "../elsewhere/know-task.ts";
import type { Sourced } from "../repository.ts";
import { isReservedParam } from "../runs/reserved-params.ts";
import type { Stream } from "../types.ts";
import { checkGivenParams } from "./check-given-params.ts";
import { checkGivenWorkspaces } from "./check-given-workspaces.ts";
import { checkPipelineElsewhere } from "./check-pipeline-elsewhere.ts";
import { checkReleaseResults } from "./check-release-results.ts";
import { checkTaskTimeouts } from "./check-task-timeouts.ts";
import type { Checkable, StreamSurroundings } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { usesOfChannel, usesOfStream } from "./pipeline-uses.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";

/** What a stream gives its pipelines, against what those declare, and what its releases need of its build's. */
export function checkStreamUses(stream: Sourced<Stream>, around: StreamSurroundings): Mistake[] {
  const build = pipelineOf(around, stream.value.spec.build);
  return [
    ...usesOfStream(stream).flatMap((site) => checkUse(around, site)),
    ...(build === undefined ? [] : checkReleaseResults(stream, build)),
  ];
}

/** What channels give the pipelines that publish them, against what those declare. */
export function checkChannelUses(repository: Checkable): Mistake[] {
  return [...repository.channels.values()]
    .flatMap(usesOfChannel)
    .flatMap((site) => checkUse(repository, site));
}

/** Only where a pipeline of this repository is used, somebody fills in the reserved params. */
function checkUse(around: StreamSurroundings, site: PipelineUseSite): Mistake[] {
  const { pipelineRef } = site.use;
  if (site.source.isGuess?.([...site.at, "pipelineRef"], "within")) return [];
  if ("name" in pipelineRef) return [onCluster(site)];
  if ("path" in pipelineRef)
    return [...reservedIn(site), ...checkHere(around, site, pipelineRef.path)];
  const known = knowFile(around.elsewhere, pipelineRef.git);
  switch (known.kind) {
    case "pipeline":
      return [
        ...checkGiven(site, known.object.value),
        ...checkPipelineElsewhere(around, site, pipelineRef.git, known),
      ];
    case "task":
      return [unusableElsewhere(site, pipelineRef.git, "it holds a Task")];
    case "unusable":
      return [unusableElsewhere(site, pipelineRef.git, known.reason)];
    case "unknown":
      return [notVerified(site, known)];
  }
}

function checkHere(around: StreamSurroundings, site: PipelineUseSite, path: string): Mistake[] {
  const pipeline = around.pipelines.get(path);
  return pipeline === undefined
    ? pipelineNotFound(around, site, path)
    : checkGiven(site, pipeline.value);
}

function checkGiven(site: PipelineUseSite, pipeline: Pipeline): Mistake[] {
  return [
    ...checkGivenParams(site, pipeline),
    ...checkGivenWorkspaces(site, pipeline),
    ...checkTaskTimeouts(site, pipeline),
  ];
}

function onCluster({ source, at }: PipelineUseSite): Mistake {
  return mistakeAt(source, "pipeline-on-cluster", [...at, "pipelineRef", "name"], "value", {
    message: "The pipeline exists only on the cluster: it is not verified.",
    help: "Prefer a path of this repository, or a git reference at a full commit.",
  });
}

function notVerified(
  { source, at }: PipelineUseSite,
  { reason, help }: { readonly reason: string; readonly help: string },
): Mistake {
  return mistakeAt(source, "pipeline-elsewhere", [...at, "pipelineRef", "git"], "key", {
    message: `The pipeline stands in another repository and is not verified. ${reason}`,
    help,
  });
}

function unusableElsewhere(
  { source, at }: PipelineUseSite,
  file: GitFile,
  reason: string,
): Mistake {
  const path = [...at, "pipelineRef", "git", "path"];
  return mistakeAt(source, "pipeline-elsewhere-invalid", path, "value", {
    message: `${describeGitFile(file)} is no Pipeline that can be used: ${reason.replace(/\.$/, "")}.`,
    help: "Correct the path or the commit.",
  });
}

function pipelineNotFound(
  { tektonPaths, pipelines }: StreamSurroundings,
  { source, at }: PipelineUseSite,
  path: string,
): Mistake[] {
  const exists = tektonPaths.has(path);
  const nearest = exists ? undefined : nearestName(path, pipelines.keys());
  const place = [...at, "pipelineRef", "path"];
  return [
    mistakeAt(source, "pipeline-not-found", place, "value", {
      message: exists
        ? `${quoted(path)} holds no valid Pipeline.`
        : `There is no pipeline ${quoted(path)} in this repository.`,
      help: exists
        ? "Correct that file, or name another."
        : suggestName(path, pipelines.keys(), "pipeline"),
      ...(nearest !== undefined && { fix: replaceValue(place, nearest) }),
    }),
  ];
}

function reservedIn({ source, at, use }: PipelineUseSite): Mistake[] {
  return Object.keys(use.params ?? {})
    .filter(isReservedParam)
    .map((name) =>
      mistakeAt(source, "param-reserved", [...at, "params", name], "key", {
        message: `The parameter ${quoted(name)} is filled by itself, with the repository and the commit that was reviewed.`,
        help: "Remove it.",
      }),
    );
}
