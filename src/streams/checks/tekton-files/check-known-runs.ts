import type { ParamSpec } from "../../../tekton/types.ts";
import { quoted } from "../../../quoted.ts";
import { knownRuns } from "../../tekton-files/known-runs.ts";
import type { GivenParam, KnownRun } from "../../tekton-files/known-runs.ts";
import { outputsOf } from "../../tekton-files/outputs.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { nearby } from "../../tekton-files/nearby.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { groupBy } from "./group-by.ts";
import { tellOther } from "./tell-other.ts";

/** Runs of one pipeline side by side: what one of them forgets, and where they would overwrite each other. */
export function checkKnownRuns(objects: TektonObjects): Mistake[] {
  const runs = knownRuns(objects);
  const ofPipeline = groupBy(runs, ({ pipeline }) => {
    return `${pipeline.path} ${pipeline.value.metadata.name}`;
  });
  const siblings = [...ofPipeline.values()];
  return [
    ...siblings.flatMap(checkDefaults),
    ...siblings.flatMap(checkBranches),
    ...checkOutputs(runs, objects),
  ];
}

/** A param that most runs of a pipeline give is one that a run forgot where it is left to its default. */
function checkDefaults(runs: readonly KnownRun[]): Mistake[] {
  const declared = runs[0]?.pipeline.value.spec.params ?? [];
  return declared.flatMap((param) => {
    const giving = runs.filter(({ params }) => params.has(param.name));
    const lacking = runs.filter(({ params, givesMore }) => !givesMore && !params.has(param.name));
    if (param.default === undefined || giving.length < lacking.length) return [];
    const example = giving.find((run) => isTelling(run, param)) ?? giving[0];
    const value = example?.params.get(param.name)?.value;
    if (example === undefined || value === undefined) return [];
    return lacking.map(({ source }) =>
      mistakeAt(source, "run-param-defaulted", ["spec", "params"], "key", {
        message: `${quoted(param.name)} is left to its default ${quoted(param.default)}; other runs of this pipeline give it, such as ${quoted(value)} in ${example.path}.`,
        help: `Add ${quoted(param.name)} under \`params\`, even where the default is right.`,
      }),
    );
  });
}

/** What others give says most where it is not the default. */
function isTelling({ params }: KnownRun, { name, default: otherwise }: ParamSpec): boolean {
  return params.get(name)?.value !== otherwise && params.has(name);
}

/** `4.19` in `release-4.19`; nothing in `v1.2.3`. */
const anyVersion = /(?<![\d.])\d{1,3}\.\d{1,3}(?![\d.])/g;

/** `branch` and `version` are the names that OKD's own pipelines have for what they build. */
function checkBranches(runs: readonly KnownRun[]): Mistake[] {
  const built = runs.flatMap((run) => {
    const branch = run.params.get("branch");
    const version = run.params.get("version");
    return branch === undefined || version === undefined ? [] : [{ run, branch, version }];
  });
  const namedBy = new Map(
    built
      .filter(({ branch, version }) => versionsIn(branch).includes(version.value))
      .map((one) => [one.version.value, one]),
  );
  return built.flatMap(({ run, branch, version }) => {
    const named = versionsIn(branch);
    const other = namedBy.get(version.value);
    const contradicts = named.length > 0 && !named.includes(version.value);
    if (named.includes(version.value) || (!contradicts && other === undefined)) return [];
    const why = contradicts
      ? "names another version"
      : `is not ${quoted(other?.branch.value)} as in ${other?.run.path ?? ""}`;
    return [
      mistakeAt(run.source, "run-version-branch", branch.at, "value", {
        message: `The version ${quoted(version.value)} is built from ${quoted(branch.value)}, which ${why}.`,
        help: "Correct the branch or the version.",
      }),
    ];
  });
}

function versionsIn({ value }: GivenParam): string[] {
  return value.match(anyVersion) ?? [];
}

/** Runs of one version may follow each other; those of two must not write to the same place. */
function checkOutputs(runs: readonly KnownRun[], objects: TektonObjects): Mistake[] {
  const taskOf = nearby(objects.tasks);
  const writers = runs.flatMap((run) => {
    const version = run.params.get("version")?.value;
    if (version === undefined) return [];
    return outputsOf(run, taskOf).map((output) => ({ run, version, output }));
  });
  const groups = groupBy(writers, ({ output }) => output);
  return [...groups.values()].flatMap((group) => {
    const first = new Map(group.toReversed().map((writer) => [writer.version, writer]));
    if (first.size < 2) return [];
    const ofVersions = [...first.values()].reverse();
    return group.map(({ run, version, output }) => {
      const other = tellOther(ofVersions, first.get(version), (writer) => {
        return { path: writer.run.path, name: writer.version };
      });
      const at = run.params.get("version")?.at ?? [];
      return mistakeAt(run.source, "run-output-shared", at, "value", {
        message: `The version ${quoted(version)} is written to ${quoted(output)}, and so is ${other}.`,
        help: "Give each version a place of its own, by the param that is a part of it.",
      });
    });
  });
}
