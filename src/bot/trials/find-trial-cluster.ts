import { failed, ok, type Result } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot, OfferedCluster, TrialCluster } from "../bot.ts";
import { findOfferedCluster } from "../clusters/find-offered-cluster.ts";

/** Where trials of this repository run instead of this cluster, in a namespace of their own; else why they do not. */
export function findTrialCluster(
  bot: Pick<Bot, "clusters">,
  repository: Pick<Repository, "owner" | "name">,
  name: string,
): Result<OfferedCluster & TrialCluster> {
  const cluster = findOfferedCluster(bot, repository, name);
  if (!cluster.ok) return cluster;
  const { trials } = cluster.value;
  if (trials !== undefined) return ok({ ...cluster.value, ...trials });
  return failed({
    kind: "refused",
    what: `Cluster \`${name}\` runs no trials of pull requests.`,
    next: "The bot's operator allows them with `trials` of that cluster in the server file.",
  });
}
