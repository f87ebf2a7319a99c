import type { Plan, PlannedBuild, PlannedParam } from "./plan.ts";

const sources: Record<PlannedParam["source"], string> = {
  stream: "the stream",
  default: "the pipeline's default",
  repository: "filled in",
};

/** A comment holds 64 KiB: of a large plan the first builds stand in full, the further ones by name. */
const maximumDetailed = 10;
const maximumItems = 100;
const longestText = 200;

/** The plan as Markdown for a comment or a check; the texts of others stand in code spans only. */
export function renderPlanMarkdown(plan: Plan): string {
  const count = plan.builds.length;
  const headline =
    count === 0
      ? "The merge builds **no stream**."
      : `The merge builds **${count} stream${count === 1 ? "" : "s"}**.`;
  return [
    headline,
    ...plan.builds.slice(0, maximumDetailed).map(renderBuild),
    list(
      "Builds also",
      plan.builds.slice(maximumDetailed).map(({ stream }) => code(stream)),
    ),
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
  const reasons = new Set(streams.map(({ why }) => why));
  const items = [...reasons].map((reason) => {
    const names = streams.filter(({ why }) => why === reason).map(({ stream }) => code(stream));
    const left = names.length - maximumItems;
    return `${reason}: ${names.slice(0, maximumItems).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
  });
  return [
    `<details><summary>Not built: ${streams.length}</summary>`,
    "",
    ...itemLines(items),
    "",
    "</details>",
  ].join("\n");
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return [`**${title}**`, "", ...itemLines(items)].join("\n");
}

function itemLines(items: readonly string[]): readonly string[] {
  const lines = items.slice(0, maximumItems).map((item) => `- ${item}`);
  const left = items.length - lines.length;
  return left > 0 ? [...lines, `- … and ${left} more`] : lines;
}

/** A code span whose fence is longer than any run of backticks inside: nothing in it is Markdown or a mention. */
function code(text: string): string {
  const plain = text.replace(/[\r\n\p{Cc}]+/gu, " ");
  const line = plain.length <= longestText ? plain : `${plain.slice(0, longestText)}…`;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || line === "" ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** In a table a bar ends the cell even inside a code span. */
function cell(text: string): string {
  return code(text).replaceAll("|", "\\|");
}
