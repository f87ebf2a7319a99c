import type { Checkable, StreamSurroundings } from "./checkable.ts";
import { checkGivenParams } from "./check-given-params.ts";
import { checkGivenWorkspaces } from "./check-given-workspaces.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { usesOfChannel, usesOfStream } from "./pipeline-uses.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";
import { quoted } from "../../quoted.ts";
import { isReservedParam } from "../runs/reserved-params.ts";
import type { Sourced } from "../repository.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { Stream } from "../types.ts";

/** What a stream gives its pipelines, against what those declare. */
export function checkStreamUses(stream: Sourced<Stream>, around: StreamSurroundings): Mistake[] {
  return usesOfStream(stream).flatMap((site) => [
    ...checkUse(around, site),
    ...(site.kind === "build" ? checkResults(around, stream, site) : []),
  ]);
}

/** What channels give the pipelines that publish them, against what those declare. */
export function checkChannelUses(repository: Checkable): Mistake[] {
  return [...repository.channels.values()]
    .flatMap(usesOfChannel)
    .flatMap((site) => checkUse(repository, site));
}

function checkUse(around: StreamSurroundings, site: PipelineUseSite): Mistake[] {
  return [...reservedIn(site), ...checkGiven(around, site)];
}

function checkGiven(around: StreamSurroundings, site: PipelineUseSite): Mistake[] {
  const { pipelineRef } = site.use;
  if (!("path" in pipelineRef)) return [notVerified(site)];
  const pipeline = around.pipelines.get(pipelineRef.path);
  if (pipeline === undefined) return pipelineNotFound(around, site, pipelineRef.path);
  return [...checkGivenParams(site, pipeline.value), ...checkGivenWorkspaces(site, pipeline.value)];
}

function notVerified({ source, at, use }: PipelineUseSite): Mistake {
  const path = [...at, "pipelineRef"];
  if ("git" in use.pipelineRef) {
    return mistakeAt(source, "pipeline-elsewhere", [...path, "git"], "key", {
      message: "The pipeline stands in another repository: it is not verified.",
      help: "Check its parameters, workspaces and results yourself; the fixed commit keeps them as they are.",
    });
  }
  return mistakeAt(source, "pipeline-on-cluster", [...path, "name"], "value", {
    message: "The pipeline exists only on the cluster: it is not verified.",
    help: "Prefer a path of this repository, or a git reference at a full commit.",
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

/** The results that a release is made of, which its build's pipeline has to give. */
function checkResults(
  { pipelines }: StreamSurroundings,
  { source, value }: Sourced<Stream>,
  { use: { pipelineRef } }: PipelineUseSite,
): Mistake[] {
  const { from } = value.spec.release;
  const pipeline = "path" in pipelineRef ? pipelines.get(pipelineRef.path) : undefined;
  if (pipeline === undefined || !("results" in from)) return [];
  const declared = (pipeline.value.spec.results ?? []).map(({ name }) => name);
  return Object.entries(from.results)
    .filter(([, result]) => !declared.includes(result))
    .map(([field, result]) => {
      const nearest = nearestName(result, declared);
      const path = ["spec", "release", "from", "results", field];
      return mistakeAt(source, "release-result-unknown", path, "value", {
        message: `The pipeline has no result ${quoted(result)}.`,
        help: suggestName(result, declared, "result"),
        ...(nearest !== undefined && { fix: replaceValue(path, nearest) }),
      });
    });
}
