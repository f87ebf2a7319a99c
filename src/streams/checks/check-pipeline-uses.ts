import type { Pipeline } from "../../tekton/types.ts";
import type { Checkable } from "./checkable.ts";
import { checkGivenParams } from "./check-given-params.ts";
import { checkGivenWorkspaces } from "./check-given-workspaces.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { pipelineUses } from "./pipeline-uses.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";
import { quoted } from "../../quoted.ts";
import { isReservedParam } from "../runs/reserved-params.ts";
import { suggestName } from "../../suggest-name.ts";

/** What streams and channels give their pipelines, against what those declare. */
export function checkPipelineUses(repository: Checkable): Mistake[] {
  return pipelineUses(repository).flatMap((site) => [
    ...reservedIn(site),
    ...checkUse(repository, site),
  ]);
}

function checkUse(repository: Checkable, site: PipelineUseSite): Mistake[] {
  const { pipelineRef } = site.use;
  if (!("path" in pipelineRef)) return [notVerified(site)];
  const pipeline = repository.pipelines.get(pipelineRef.path);
  if (pipeline === undefined) return pipelineNotFound(repository, site, pipelineRef.path);
  return [
    ...checkGivenParams(site, pipeline.value),
    ...checkGivenWorkspaces(site, pipeline.value),
    ...checkResults(repository, site, pipeline.value),
  ];
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
  { files, pipelines }: Checkable,
  { source, at }: PipelineUseSite,
  path: string,
): Mistake[] {
  const exists = files.has(path);
  return [
    mistakeAt(source, "pipeline-not-found", [...at, "pipelineRef", "path"], "value", {
      message: exists
        ? `${quoted(path)} holds no valid Pipeline.`
        : `There is no pipeline ${quoted(path)} in this repository.`,
      help: exists
        ? "Correct that file, or name another."
        : suggestName(path, pipelines.keys(), "pipeline"),
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

function checkResults(
  { streams }: Checkable,
  { source, kind }: PipelineUseSite,
  { spec }: Pipeline,
): Mistake[] {
  if (kind !== "build") return [];
  const stream = [...streams.values()].find((candidate) => candidate.source === source);
  const from = stream?.value.spec.release.from;
  if (from === undefined || !("results" in from)) return [];
  const declared = (spec.results ?? []).map(({ name }) => name);
  return Object.entries(from.results)
    .filter(([, result]) => !declared.includes(result))
    .map(([field, result]) =>
      mistakeAt(
        source,
        "release-result-unknown",
        ["spec", "release", "from", "results", field],
        "value",
        {
          message: `The pipeline has no result ${quoted(result)}.`,
          help: suggestName(result, declared, "result"),
        },
      ),
    );
}
