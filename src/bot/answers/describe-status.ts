import type { Command } from "../../commands/types.ts";
import { listPromotions } from "../../store/promotions.ts";
import { listReleases } from "../../store/releases.ts";
import { latestRuns } from "../../store/find-runs.ts";
import type { Bot } from "../bot.ts";
import { describeWaiting } from "./describe-waiting.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** What is built, what is released and what waits, as Markdown tables; of one stream or channel where it is named. */
export async function describeStatus(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "status" }>,
): Promise<Answer> {
  const { streams, channels } = comment.streams;
  const wanted = (name: string): boolean => command.name === undefined || command.name === name;
  const streamRows = [...streams.keys()].filter(wanted);
  const channelRows = [...channels.keys()].filter(wanted);
  if (streamRows.length === 0 && channelRows.length === 0)
    return `There is no stream and no channel \`${command.name ?? ""}\`.`;
  const tables = [
    channelRows.length === 0 ? undefined : await channelTable(bot, comment, channelRows),
    streamRows.length === 0 ? undefined : await streamTable(bot, comment, streamRows),
  ];
  const stream = command.name === undefined ? undefined : streams.get(command.name)?.value;
  const waiting = stream === undefined ? [] : await describeWaiting(bot, comment, stream);
  return [...tables, waiting.length === 0 ? undefined : waiting.join("\n")]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

async function channelTable(
  bot: Bot,
  comment: CommandComment,
  names: readonly string[],
): Promise<string> {
  const repositoryId = comment.repository.id;
  const open = await listPromotions(bot.db, { repositoryId, states: ["requested", "open"] }, 100);
  const rows = names.map((name) => {
    const held = comment.streams.channelReleases.get(name)?.value.spec;
    const waiting = open.find((promotion) => promotion.channel === name);
    const waits =
      waiting === undefined ? "" : `\`${waiting.targetName}\`${placeOf(waiting.pullNumber)}`;
    return `| [\`${name}\`](${bot.publicUrl}/channels/${name}) | ${held === undefined ? "(empty)" : `\`${held.name}\``} | ${waits} |`;
  });
  return ["| Channel | Holds | Waits for approval |", "| --- | --- | --- |", ...rows].join("\n");
}

function placeOf(pullNumber: number | null): string {
  return pullNumber === null ? ", being opened" : ` in #${pullNumber}`;
}

async function streamTable(
  bot: Bot,
  comment: CommandComment,
  names: readonly string[],
): Promise<string> {
  const repositoryId = comment.repository.id;
  const runs = await latestRuns(bot.db, repositoryId, "build");
  const rows: string[] = [];
  for (const name of names) {
    const run = runs.get(name);
    const [release] = await listReleases(bot.db, repositoryId, { stream: name }, 1);
    const build =
      run === undefined ? "never built" : `[${run.state}](${bot.publicUrl}/runs/${run.id})`;
    const newest = release === undefined ? "" : `\`${release.name}\` (${release.phase})`;
    rows.push(`| \`${name}\` | ${build} | ${newest} |`);
  }
  return ["| Stream | Last build | Newest release |", "| --- | --- | --- |", ...rows].join("\n");
}
