import type { Bot } from "../bot.ts";
import { wakeSighted } from "./wake-sighted.ts";

/** Looks at a run as soon as its cluster tells that it changed; gives what ends it. */
export function watchClusters(bot: Bot): () => Promise<void> {
  const clients = [...bot.clusters].flatMap(([cluster, { client, trials }]) =>
    [client, ...(trials === undefined ? [] : [trials.client])].map(
      (one) => [cluster, one] as const,
    ),
  );
  const watches = clients.map(([cluster, client]) =>
    client.watchRuns({
      hear(sighting) {
        wakeSighted(bot, cluster, sighting).catch((error: unknown) =>
          bot.log.warn({ err: error, cluster, run: sighting.name }, "a change was not taken up"),
        );
      },
      live(isLive, error) {
        const wasLive = bot.watched.has(client);
        if (isLive) bot.watched.add(client);
        else bot.watched.delete(client);
        if (isLive && !wasLive)
          bot.log.info({ cluster, namespace: client.namespace }, "the cluster's runs are watched");
        if (error !== undefined)
          bot.log.warn(
            { err: error, cluster, namespace: client.namespace },
            "the cluster's runs are only looked at by turns",
          );
      },
    }),
  );
  return async () => {
    await Promise.all(watches.map((watch) => watch.stop()));
  };
}
