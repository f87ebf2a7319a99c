import { loadKubeconfig } from "../cluster/load-kubeconfig.ts";
import { failed, ok, type Result } from "../problem.ts";
import type { ServerSettings } from "./server-file.ts";

/**
 * A trial may read every secret of its namespace, so that it is none in which builds run. Several kubeconfigs may name
 * one API server: what they say is compared, not their paths.
 */
export function checkTrialsApart({ clusters }: Pick<ServerSettings, "clusters">): Result<void> {
  if (clusters.every(({ trials }) => trials === undefined)) return ok(undefined);
  const builds = new Map<string, string>();
  for (const { name, namespace, kubeconfig } of clusters) {
    const place = placeOf(name, namespace, kubeconfig);
    if (!place.ok) return place;
    builds.set(place.value, name);
  }
  for (const { name, trials, kubeconfig } of clusters) {
    if (trials === undefined) continue;
    const place = placeOf(name, trials.namespace, trials.kubeconfig ?? kubeconfig);
    if (!place.ok) return place;
    const builder = builds.get(place.value);
    if (builder !== undefined)
      return failed({
        kind: "invalid",
        where: `trials of ${name}`,
        what: `Their ${place.value} is that of the builds of cluster ${builder}, whose secrets a pull request could read.`,
        next: "Trials need a namespace of their own, in which no builds run.",
      });
  }
  return ok(undefined);
}

function placeOf(name: string, namespace: string, file: string | undefined): Result<string> {
  const config = file === undefined ? ({ inCluster: true } as const) : { kubeconfigFile: file };
  const loaded = loadKubeconfig(name, config);
  return loaded.ok ? ok(`namespace ${namespace} at ${loaded.value.server}`) : loaded;
}
