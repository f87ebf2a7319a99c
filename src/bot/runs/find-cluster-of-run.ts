import { ok, type Result } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import type { Bot, OfferedCluster } from "../bot.ts";
import { findTrialCluster } from "../trials/find-trial-cluster.ts";
import type { FixedByOperator } from "./breach-of-run.ts";
import { findOfferedCluster } from "../clusters/find-offered-cluster.ts";

/** Where a run of its kind runs for this repository, and what the operator fixes for it; else why it does not. */
export function findClusterOfRun(
  bot: Pick<Bot, "clusters">,
  repository: Pick<Repository, "owner" | "name">,
  { kind, cluster }: Pick<Run, "kind" | "cluster">,
): Result<OfferedCluster & FixedByOperator> {
  if (kind === "trial") return findTrialCluster(bot, repository, cluster);
  const found = findOfferedCluster(bot, repository, cluster);
  return found.ok ? ok({ ...found.value, params: {} }) : found;
}
