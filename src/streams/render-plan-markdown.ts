import type { Plan, PlannedBuild, PlannedParam } from "./plan.ts";

const sources: Record<PlannedParam["source"], string> = {
  stream: "the stream",
  default: "the pipeline's default",
  repository: "filled in",
};

/** The plan as Markdown for a comment or a check; the texts of others stand in code spans only. */
export function renderPlanMarkdown(plan: Plan): string {
  const count = plan.builds.length;
  const headline =
    count === 0
      ? "The merge builds **no stream**."
      : `The merge builds **${count} stream${count === 1 ? "" : "s"}**.`;
  return [
    headline,
    ...plan.builds.map(renderBuild),
    list(
      "Removed",
      plan.removed.map((name) => code(name)),
    ),
    list(
      "Schedules",
      plan.schedules.map(
        ({ stream, cron, timeZone, next }) =>
          `${code(stream)}: ${code(cron)} (${code(timeZone)}), next ${next.join(", ") || "never"}`,
      ),
    ),
    list(
      "Channels",
      plan.channels.map(({ channel, why }) => `${code(channel)}: ${why.map(code).join(", ")}`),
    ),
    notBuilt(plan),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function renderBuild({ stream, cluster, pipeline, params, why }: PlannedBuild): string {
  const rows = params.map(
    ({ name, value, source }) => `| ${cell(name)} | ${cell(value)} | ${sources[source]} |`,
  );
  const table =
    rows.length === 0 ? [] : ["", "| Parameter | Value | From |", "| --- | --- | --- |", ...rows];
  return [
    `### ${code(stream)}`,
    `Pipeline ${code(pipeline)} on cluster ${code(cluster)}, because:`,
    "",
    ...why.map((reason) => `- ${code(reason)}`),
    ...table,
  ].join("\n");
}

function notBuilt({ notBuilt: streams }: Plan): string {
  if (streams.length === 0) return "";
  const items = streams.map(({ stream, why }) => `- ${code(stream)}: ${why}`);
  return [
    `<details><summary>Not built: ${streams.length}</summary>`,
    "",
    ...items,
    "",
    "</details>",
  ].join("\n");
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return [`**${title}**`, "", ...items.map((item) => `- ${item}`)].join("\n");
}

/** A code span whose fence is longer than any run of backticks inside: nothing in it is Markdown or a mention. */
function code(text: string): string {
  const line = text.replace(/[\r\n\p{Cc}]+/gu, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || line === "" ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** In a table a bar ends the cell even inside a code span. */
function cell(text: string): string {
  return code(text).replaceAll("|", "\\|");
}
