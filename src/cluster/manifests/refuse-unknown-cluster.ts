import type { Problem } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import { locatedSites } from "./located-sites.ts";

/** Why no manifests can be made for a cluster: the streams do not know it; undefined where they do. */
export function refuseUnknownCluster(
  repository: StreamsRepository,
  cluster: string,
): Problem | undefined {
  const known = new Set(locatedSites(repository).flatMap((located) => located.cluster ?? []));
  if (known.has(cluster)) return undefined;
  return {
    kind: "not-found",
    where: "--cluster",
    what: `No stream or channel runs anything on the cluster ${quoted(cluster)}.`,
    next: known.size === 0 ? "They name none." : `They name: ${[...known].sort().join(", ")}.`,
  };
}
