import type { ClusterNode } from "../../cluster/types.ts";
import { unmetNeeds } from "../../cluster/unmet-needs.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { NeedsGap, PlannedNeeds } from "../../streams/plan/plan.ts";
import type { RunRequest } from "../../streams/runs/run-request.ts";
import type { Bot } from "../bot.ts";
import { clusterNodes } from "./cluster-nodes.ts";
import { findOfferedCluster } from "./find-offered-cluster.ts";

/** Which of these runs need a machine that their cluster does not show; that it can't be used is told elsewhere. */
export async function needsOfRuns(
  bot: Bot,
  repository: Repository,
  runs: readonly RunRequest[],
  patienceMs?: number,
): Promise<PlannedNeeds> {
  const needy = runs.filter(({ needs }) => needs !== undefined);
  const clusters = [...new Set(needy.map(({ cluster }) => cluster))];
  const known = await Promise.all(
    clusters.map(async (cluster): Promise<PlannedNeeds> => {
      const offer = findOfferedCluster(bot, repository, cluster);
      if (!offer.ok) return { gaps: [], notVerified: [] };
      const nodes = await clusterNodes.ask(offer.value.client, bot.now(), patienceMs);
      if (!nodes.ok) return { gaps: [], notVerified: [{ cluster, why: nodes.problem.what }] };
      return { gaps: gapsOf(cluster, needy, nodes.value), notVerified: [] };
    }),
  );
  return {
    gaps: known.flatMap(({ gaps }) => gaps),
    notVerified: known.flatMap(({ notVerified }) => notVerified),
  };
}

function gapsOf(
  cluster: string,
  needy: readonly RunRequest[],
  nodes: readonly ClusterNode[],
): readonly NeedsGap[] {
  const neededBy = new Map<string, string[]>();
  for (const { stream, needs = {} } of needy.filter((run) => run.cluster === cluster)) {
    const lacking = unmetNeeds(needs, nodes);
    if (lacking !== undefined) neededBy.set(lacking, [...(neededBy.get(lacking) ?? []), stream]);
  }
  return [...neededBy].map(([lacking, streams]) => ({ cluster, lacking, neededBy: streams }));
}
