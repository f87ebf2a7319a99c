import type { Plan } from "./plan.ts";

/** The plan for a terminal, without colour; control characters of others' texts are left out. */
export function renderPlanText(plan: Plan): string {
  const count = plan.builds.length;
  const lines = [
    count === 0
      ? "The change builds no stream."
      : `The change builds ${count} stream${count === 1 ? "" : "s"}:`,
    ...plan.builds.flatMap((build) => [
      "",
      `  ${build.stream}  on ${build.cluster}, ${build.pipeline}`,
      ...build.why.map((reason) => `    because: ${reason}`),
      ...build.params.map(({ name, value, source }) => `    ${name} = ${value}  (${source})`),
    ]),
    ...section("Removed", plan.removed),
    ...section(
      "Schedules",
      plan.schedules.map(
        ({ stream, cron, timeZone, next }) =>
          `${stream}: ${cron} (${timeZone}), next ${next.join(", ") || "never"}`,
      ),
    ),
    ...section(
      "Channels",
      plan.channels.map(({ channel, why }) => `${channel}: ${why.join(", ")}`),
    ),
    ...section(
      "Not built",
      plan.notBuilt.map(({ stream, why }) => `${stream}: ${why}`),
    ),
  ];
  return lines.map((line) => line.replace(/\p{Cc}+/gu, " ")).join("\n");
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ["", `${title}:`, ...items.map((item) => `  ${item}`)];
}
