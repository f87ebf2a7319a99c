import type { ClusterClient } from "../../cluster/types.ts";
import { unmetNeeds } from "../../cluster/unmet-needs.ts";
import type { Run } from "../../store/run-record.ts";
import { describeNeedsGap } from "../../streams/plan/describe-needs-gap.ts";
import type { Bot } from "../bot.ts";
import { clusterNodes } from "../clusters/cluster-nodes.ts";

/** What a build needs that no machine of its cluster offers, for people; empty where one does, or nobody can tell. */
export async function noteOnNeeds(
  bot: Bot,
  { cluster, request: { needs } }: Pick<Run, "cluster" | "request">,
  client: ClusterClient,
): Promise<string> {
  if (needs === undefined) return "";
  const nodes = await clusterNodes.ask(client, bot.now());
  const lacking = nodes.ok ? unmetNeeds(needs, nodes.value) : undefined;
  if (lacking === undefined) return "";
  return `⚠️ ${describeNeedsGap({ cluster, lacking }, (text) => `\`${text}\``)}`;
}
