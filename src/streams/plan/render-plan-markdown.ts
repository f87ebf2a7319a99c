import { describeGap } from "./describe-gap.ts";
import { describeNeedsGap } from "./describe-needs-gap.ts";
import { describeInstants } from "./describe-instants.ts";
import { diffPipelineRuns } from "./diff-pipeline-runs.ts";
import { groupBuilds, type BuildGroup } from "./group-builds.ts";
import { block, cell, code, details, firstWithin, list, names, sizeOf } from "./plan-markdown.ts";
import type { Plan, PlannedBuild, PlannedParam } from "./plan.ts";
import { reasonsNotBuilt } from "./reasons-not-built.ts";

const sources: Record<PlannedParam["source"], string> = {
  stream: "the stream",
  default: "the pipeline's default",
  repository: "filled in",
};

/** A summary of a check holds 65,535 characters. */
const usualBytes = 60_000;
const maximumDetailed = 20;
const maximumDiffLines = 200;
const longestDiffLine = 300;
const longestMessage = 500;

/**
 * The plan as Markdown of at most about `bytes`, for a comment or a check: of a large plan the first builds stand in
 * full, the further ones by name. The texts of others stand in code only.
 */
export function renderPlanMarkdown(plan: Plan, bytes = usualBytes): string {
  const forList = Math.floor(bytes / 12);
  const count = plan.builds.length;
  const headline =
    count === 0
      ? "The merge builds **no stream**."
      : `The merge builds **${count} stream${count === 1 ? "" : "s"}**.`;
  const notes = [collisions(plan, forList), triggers(plan, forList), needs(plan, forList)];
  const rest = [
    list(
      "Removed",
      plan.removed.map((name) => code(name)),
      forList,
    ),
    list("Schedules", plan.schedules.map(schedule), forList),
    list(
      "Channels",
      plan.channels.map(
        ({ channel, why }) => `${code(channel)}: ${why.map((reason) => code(reason)).join(", ")}`,
      ),
      forList,
    ),
    notBuilt(plan, forList),
  ];
  const left = bytes - sizeOf([headline, ...notes, ...rest].join("\n\n")) - forList;
  const parts = [headline, ...notes, ...builds(plan.builds, left, forList), ...rest];
  return parts.filter((part) => part !== "").join("\n\n");
}

function builds(all: readonly PlannedBuild[], bytes: number, forList: number): string[] {
  const groups = groupBuilds(all);
  const detailed = firstWithin(groups.slice(0, maximumDetailed).map(renderGroup), bytes);
  const others = groups.slice(detailed.length).flatMap(({ streams }) => streams);
  return [...detailed, others.length === 0 ? "" : `**Builds also** ${names(others, forList)}`];
}

function renderGroup({ first, streams }: BuildGroup): string {
  const { stream, cluster, pipeline, why } = first;
  const alone = streams.length === 1;
  const reasons = firstWithin(
    why.map((reason) => `- ${code(reason)}`),
    3000,
  );
  const left = why.length - reasons.length;
  return [
    alone ? `##### ${code(stream)}` : `##### ${streams.length} streams for the same reason`,
    ...(alone ? [] : [names(streams, 2000), ""]),
    `Pipeline ${code(pipeline)} on cluster ${code(cluster)}, because:`,
    "",
    ...reasons,
    ...(left > 0 ? [`- … and ${left} more`] : []),
    ...(alone ? ["", params(first), "", pipelineRun(first)] : []),
  ]
    .join("\n")
    .trimEnd();
}

function params({ params: all }: PlannedBuild): string {
  if (all.length === 0) return "";
  const rows = all.map(
    ({ name, value, source }) => `| ${cell(name)} | ${cell(value)} | ${sources[source]} |`,
  );
  const shown = firstWithin(rows, 6000);
  const left = rows.length - shown.length;
  const table = ["| Parameter | Value | From |", "| --- | --- | --- |", ...shown].join("\n");
  return details(`Parameters: ${all.length}`, left > 0 ? `${table}\n\nand ${left} more` : table);
}

function pipelineRun({ run }: PlannedBuild): string {
  const diff = diffPipelineRuns(run);
  if (diff === "") return "";
  const lines = diff.split("\n").map(shorten);
  const shown = firstWithin(lines.slice(0, maximumDiffLines), 8000);
  const left = lines.length - shown.length;
  const text = block(shown, "diff");
  return details(
    run.before === undefined ? "Its PipelineRun" : "What changes in its PipelineRun",
    left > 0 ? `${text}\n\nand ${left} more lines` : text,
  );
}

function shorten(line: string): string {
  return line.length <= longestDiffLine ? line : `${line.slice(0, longestDiffLine)}…`;
}

function collisions({ collisions: all }: Plan, bytes: number): string {
  const items = all.map(
    ({ stream, message }) => `${code(stream)}: ${code(message, longestMessage)}`,
  );
  return list("⚠️ In each other's way after the merge", items, bytes);
}

function triggers({ triggers: { gaps, notVerified } }: Plan, bytes: number): string {
  const missing = gaps.map(
    (gap) => `${describeGap(gap, code)} Needed by ${names(gap.neededBy, 500)}.`,
  );
  const unknown = notVerified.map(({ cluster, why }) => `Cluster ${code(cluster)}: ${code(why)}`);
  return [
    list("⚠️ Triggers that are missing", missing, bytes),
    list("Triggers that were not verified", unknown, bytes),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function needs({ needs: { gaps, notVerified } }: Plan, bytes: number): string {
  const unmet = gaps.map(
    (gap) => `${describeNeedsGap(gap, code)} Needed by ${names(gap.neededBy, 500)}.`,
  );
  const unknown = notVerified.map(({ cluster, why }) => `Cluster ${code(cluster)}: ${code(why)}`);
  return [
    list("⚠️ Machines that are missing", unmet, bytes),
    list("Machines that were not verified", unknown, bytes),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function schedule({ stream, cron, timeZone, next }: Plan["schedules"][number]): string {
  return `${code(stream)}: ${code(cron)} (${code(timeZone)}), next ${describeInstants(next)}`;
}

function notBuilt(plan: Plan, bytes: number): string {
  const reasons = reasonsNotBuilt(plan);
  if (reasons.length === 0) return "";
  const each = Math.floor(bytes / reasons.length);
  const items = reasons.map(({ why, streams }) => `- ${why}: ${names(streams, each)}`);
  return details(`Not built: ${plan.notBuilt.length}`, items.join("\n"));
}
