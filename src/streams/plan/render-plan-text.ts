import { quoted } from "../../quoted.ts";
import { describeGap } from "./describe-gap.ts";
import { describeNeedsGap } from "./describe-needs-gap.ts";
import { describeInstants } from "./describe-instants.ts";
import { diffPipelineRuns } from "./diff-pipeline-runs.ts";
import { groupBuilds, type BuildGroup } from "./group-builds.ts";
import type { Plan, PlannedBuild } from "./plan.ts";
import { reasonsNotBuilt } from "./reasons-not-built.ts";

const maximumDiffLines = 60;
const maximumNames = 20;

/** The plan for a terminal, without colour; control characters of others' texts are left out. */
export function renderPlanText(plan: Plan): string {
  const { builds, collisions, triggers, needs } = plan;
  const lines = [
    builds.length === 0
      ? "The change builds no stream."
      : `The change builds ${builds.length} stream${builds.length === 1 ? "" : "s"}:`,
    ...groupBuilds(builds).flatMap(renderGroup),
    ...section(
      "In each other's way after the change",
      collisions.map(({ stream, message }) => `${stream}: ${message}`),
    ),
    ...section(
      "Triggers that are missing",
      triggers.gaps.map((gap) => `${describeGap(gap, quoted)} Needed by ${someOf(gap.neededBy)}.`),
    ),
    ...section(
      "Triggers that were not verified",
      triggers.notVerified.map(({ cluster, why }) => `Cluster ${quoted(cluster)}: ${why}`),
    ),
    ...section(
      "Machines that are missing",
      needs.gaps.map(
        (gap) => `${describeNeedsGap(gap, quoted)} Needed by ${someOf(gap.neededBy)}.`,
      ),
    ),
    ...section(
      "Machines that were not verified",
      needs.notVerified.map(({ cluster, why }) => `Cluster ${quoted(cluster)}: ${why}`),
    ),
    ...section("Removed", plan.removed),
    ...section(
      "Schedules",
      plan.schedules.map(
        ({ stream, cron, timeZone, next }) =>
          `${stream}: ${cron} (${timeZone}), next ${describeInstants(next)}`,
      ),
    ),
    ...section(
      "Channels",
      plan.channels.map(({ channel, why }) => `${channel}: ${why.join(", ")}`),
    ),
    ...section(
      "Not built",
      reasonsNotBuilt(plan).map(({ why, streams }) => `${why}: ${someOf(streams)}`),
    ),
  ];
  return lines.map((line) => line.replace(/\p{Cc}+/gu, " ")).join("\n");
}

function renderGroup({ first, streams }: BuildGroup): string[] {
  const { stream, cluster, pipeline, why } = first;
  const alone = streams.length === 1;
  return [
    "",
    `  ${alone ? stream : someOf(streams)}  on ${cluster}, ${pipeline}`,
    ...why.map((reason) => `    because: ${reason}`),
    ...(first.run.before === undefined ? params(first) : pipelineRun(first)),
  ];
}

function params({ params: all }: PlannedBuild): string[] {
  return all.map(({ name, value, source }) => `    ${name} = ${value}  (${source})`);
}

function pipelineRun({ run }: PlannedBuild): string[] {
  const diff = diffPipelineRuns(run);
  if (diff === "") return [];
  const lines = diff.split("\n");
  const left = lines.length - maximumDiffLines;
  return [
    "    what changes in its PipelineRun:",
    ...lines.slice(0, maximumDiffLines).map((line) => `      ${line}`),
    ...(left > 0 ? [`      and ${left} more lines; -o json has them all`] : []),
  ];
}

function someOf(names: readonly string[]): string {
  const left = names.length - maximumNames;
  return `${names.slice(0, maximumNames).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ["", `${title}:`, ...items.map((item) => `  ${item}`)];
}
