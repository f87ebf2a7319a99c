import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Probot } from "probot";
import type { Bot } from "../bot/bot.ts";
import { readDefaultBranch } from "../bot/read-default-branch.ts";
import { resync } from "../bot/resync.ts";
import { runPasses } from "../bot/run-passes.ts";
import { wantScheduled } from "../bot/runs/want-scheduled.ts";
import { takeHint } from "../bot/runs/take-hint.ts";
import { watchClusters } from "../bot/runs/watch-clusters.ts";
import { deliveryPass, promotionPass, recoveryPass, runPass } from "../bot/workers.ts";
import { okdStreams } from "../index.ts";
import { ProblemError } from "../problem.ts";
import { enqueueDelivery } from "../store/deliveries.ts";
import { getRepository, listRepositories } from "../store/repositories.ts";
import type { StreamsRepository } from "../streams/repository.ts";
import { createPages } from "../web/create-pages.ts";
import { claimFolder } from "./claim-folder.ts";
import { createHttpApp } from "./create-http-app.ts";
import { openBot, type OpenedBot } from "./open-bot.ts";

export interface RunningServer {
  /** Takes nothing new, finishes what is in work, and closes. */
  stop(): Promise<void>;
}

/** Cron counts minutes, so that this is soon enough. */
const scheduleCheckMs = 15_000;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Starts the bot: its database, its workers and its HTTP server. Throws a ProblemError that names what is missing or
 * wrong in the environment or the server file.
 */
export async function startServer(
  configFile: string,
  variables: Variables,
  version: string,
): Promise<RunningServer> {
  const opened = await openBot(configFile, variables);
  const { bot, store, environment, settings, log } = opened;
  if (store.locks) await claimFolder(store.locks, settings.dataDirectory);
  const [currentSecret = "", ...previousSecrets] = environment.webhookSecrets;
  const probot = new Probot({
    appId: environment.appId,
    privateKey: environment.privateKey,
    secret: currentSecret,
    baseUrl: environment.apiUrl,
    // The worker logs what a handler throws, with the delivery that it belongs to.
    log: log.child({}, { level: "silent" }),
  });
  await probot.load(okdStreams(bot));
  const workers = runPasses(
    bot,
    [recoveryPass(bot), deliveryPass(bot, probot), runPass(bot), promotionPass(bot)],
    Math.min(settings.intervals.poll, 1000),
  );
  opened.onWake(() => workers.wake());
  const app = createHttpApp({
    webhookPath: environment.webhookPath,
    webhookSecrets: [currentSecret, ...previousSecrets],
    async store({ id, event, payload, group }) {
      const delivery = { id, event, payload: JSON.parse(payload) as unknown, groupKey: group };
      if (await enqueueDelivery(store.db, delivery, bot.now())) bot.wake();
    },
    hint: (headers, body) => takeHint(bot, headers, body),
    pages: botPages(opened, version),
    log,
  });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const http = createServer((request, response) => void listener(request, response));
  try {
    await listen(http, environment.host, environment.port);
  } catch (error) {
    await workers.stop();
    await store.close();
    throw error;
  }
  const stopWatches = watchClusters(bot);
  let isStart = true;
  const stopResync = repeat(async () => {
    // Events may have been lost with the process that this one replaces.
    if (!isStart && !(await isLeader(bot))) return settings.intervals.poll;
    isStart = false;
    const problems = await resync(bot);
    return problems.length === 0 ? settings.intervals.resync : settings.intervals.poll;
  });
  const stopSchedules = repeat(async () => {
    if (await isLeader(bot)) await wantAllScheduled(bot);
    return scheduleCheckMs;
  });
  log.info({ port: environment.port, publicUrl: bot.publicUrl }, "okd-streams is ready");
  return {
    async stop() {
      const timersEnded = Promise.all([stopResync(), stopSchedules(), stopWatches()]);
      http.close();
      http.closeIdleConnections();
      await once(http, "close");
      await Promise.all([workers.stop(), timersEnded]);
      await store.close();
    },
  };
}

async function listen(http: Server, host: string, port: number): Promise<void> {
  http.listen(port, host);
  await once(http, "listening").catch((error: unknown) => {
    const what = error instanceof Error ? error.message : String(error);
    throw new ProblemError(
      {
        kind: "unavailable",
        where: `${host}:${port}`,
        what: `The bot cannot listen: ${what}.`,
        next: "Set HOST and PORT to an address that is free.",
      },
      { cause: error },
    );
  });
}

function botPages({ bot, store, environment }: OpenedBot, version: string) {
  return createPages({
    store,
    clusters: new Map([...bot.clusters].map(([name, { client }]) => [name, client])),
    trialClusters: new Map(
      [...bot.clusters].flatMap(([name, { trials }]) => (trials ? [[name, trials.client]] : [])),
    ),
    snapshot: (repositoryId) => snapshot(bot, repositoryId),
    gates: (promotion) => Promise.resolve(bot.lastGates.get(promotion.id) ?? []),
    redact: (text) => bot.gitHub.secrets.clean(text),
    gitHubUrl: environment.gitHubUrl,
    publicUrl: bot.publicUrl,
    version,
    now: bot.now,
  });
}

/** What GitHub and the clusters are asked by the clock is asked by one replica, to spare them. */
async function isLeader(bot: Bot): Promise<boolean> {
  return bot.replica.isLeader().catch((error: unknown) => {
    bot.log.warn({ err: error }, "the database does not say which replica leads");
    return false;
  });
}

async function wantAllScheduled(bot: Bot): Promise<void> {
  for (const repository of await listRepositories(bot.db)) {
    await wantScheduled(bot, repository).catch((error: unknown) =>
      bot.log.warn({ err: error, repository: repository.name }, "schedules could not be looked at"),
    );
  }
}

async function snapshot(bot: Bot, repositoryId: number): Promise<StreamsRepository | undefined> {
  const repository = await getRepository(bot.db, repositoryId);
  if (repository === undefined) return undefined;
  return (await readDefaultBranch(bot, repository)).streams;
}

/**
 * At once, and again as many milliseconds after each end as it says; gives what stops it, which resolves when a turn
 * under way has ended.
 */
function repeat(act: () => Promise<number>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let current = Promise.resolve();
  const turn = async (): Promise<void> => {
    const pause = await act();
    if (!stopped) timer = setTimeout(begin, pause);
  };
  const begin = (): void => {
    current = turn();
  };
  begin();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return current;
  };
}
