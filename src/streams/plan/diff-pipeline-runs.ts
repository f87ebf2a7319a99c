import { formatPatch, OMIT_HEADERS, structuredPatch } from "diff";
import { stringify } from "yaml";
import { renderPipelineRun } from "../runs/render-pipeline-run.ts";
import type { RunRequest } from "../runs/run-request.ts";
import type { PlannedRun } from "./plan.ts";

/** Runs that differ in more lines have little in common, and to look for it takes long. */
const maximumEdits = 1000;

/**
 * The PipelineRun that a merge asks for against the one that the base would ask for, as a unified diff of their YAML
 * without headers; empty where they are the same.
 */
export function diffPipelineRuns({ before, after }: PlannedRun): string {
  const [old, now] = [before === undefined ? "" : yamlOf(before), yamlOf(after)];
  if (old === now) return "";
  const options = { context: 3, maxEditLength: maximumEdits };
  const patch =
    old === "" ? undefined : structuredPatch("", "", old, now, undefined, undefined, options);
  if (patch === undefined) return [...marked("-", old), ...marked("+", now)].join("\n");
  return formatPatch(patch, OMIT_HEADERS).trimEnd();
}

function yamlOf(request: RunRequest): string {
  const identity = { id: "$(run.id)", name: `${request.subject}-$(run.id)` };
  const run = renderPipelineRun(request, { repositoryUrl: "this repository", identity });
  // A folded line would differ in places where nothing changed.
  return stringify(run, { lineWidth: 0, aliasDuplicateObjects: false });
}

function marked(sign: "+" | "-", text: string): string[] {
  return text === ""
    ? []
    : text
        .trimEnd()
        .split("\n")
        .map((line) => `${sign}${line}`);
}
