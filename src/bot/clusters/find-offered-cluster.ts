import { failed, ok, type Result } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot, OfferedCluster } from "../bot.ts";

/** The cluster of this name where the operator offers it to this repository; else why not. */
export function findOfferedCluster(
  bot: Pick<Bot, "clusters">,
  repository: Pick<Repository, "owner" | "name">,
  name: string,
): Result<OfferedCluster> {
  const cluster = bot.clusters.get(name);
  if (cluster === undefined) {
    return failed({
      kind: "refused",
      what: `This bot knows no cluster \`${name}\`.`,
      next: "Its operator adds it to `clusters` in the server file; then write `/retry`.",
    });
  }
  const fullName = `${repository.owner}/${repository.name}`;
  if (
    cluster.repositories.includes(fullName) ||
    cluster.repositories.includes(`${repository.owner}/*`)
  )
    return ok(cluster);
  return failed({
    kind: "refused",
    what: `Cluster \`${name}\` is not offered to ${fullName}.`,
    next: "The bot's operator adds the repository to that cluster in the server file; then write `/retry`.",
  });
}
