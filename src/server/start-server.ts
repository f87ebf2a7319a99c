import { createServer } from "node:http";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Probot } from "probot";
import type { Bot } from "../bot/bot.ts";
import { readDefaultBranch } from "../bot/read-default-branch.ts";
import { resync } from "../bot/resync.ts";
import { runPasses, type Workers } from "../bot/run-passes.ts";
import { takeHint } from "../bot/take-hint.ts";
import { deliveryPass, promotionPass, recoverWork, runPass } from "../bot/workers.ts";
import { okdStreams } from "../index.ts";
import { unwrap } from "../problem.ts";
import { enqueueDelivery } from "../store/deliveries.ts";
import { getRepository } from "../store/repositories.ts";
import { openStore } from "../store/open-store.ts";
import { createPages } from "../web/create-pages.ts";
import { createBot, createLog, readClusterSecrets } from "./create-bot.ts";
import { createHttpApp } from "./create-http-app.ts";
import { readEnvironment } from "./read-environment.ts";
import { readServerFile } from "./server-file.ts";

export interface RunningServer {
  readonly url: string;
  /** Takes nothing new, finishes what is in work, and closes. */
  stop(): Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Starts the bot: its database, its workers and its HTTP server. Throws a ProblemError that names what is missing or
 * wrong in the environment or the server file, before anything is opened.
 */
export async function startServer(
  configFile: string,
  variables: Variables,
  version: string,
): Promise<RunningServer> {
  const environment = unwrap(readEnvironment(variables));
  const settings = unwrap(readServerFile(configFile));
  const clusterSecrets = unwrap(readClusterSecrets(settings, variables));
  const log = createLog(environment.logLevel);
  mkdirSync(settings.dataDirectory, { recursive: true });
  mkdirSync(dirname(settings.database.slice("file:".length)), { recursive: true });
  const store = await openStore(settings.database);
  const wakeUp: { workers?: Workers } = {};
  const bot = createBot({
    environment,
    settings,
    clusterSecrets,
    store,
    log,
    wake: () => wakeUp.workers?.wake(),
  });
  const [currentSecret = "", ...previousSecrets] = environment.webhookSecrets;
  const probot = new Probot({
    appId: environment.appId,
    privateKey: environment.privateKey,
    secret: currentSecret,
    baseUrl: environment.apiUrl,
    log,
  });
  await probot.load(okdStreams(bot));
  await recoverWork(bot);

  const app = createHttpApp({
    webhookPath: environment.webhookPath,
    webhookSecrets: [currentSecret, ...previousSecrets],
    async store(delivery) {
      const isNew = await enqueueDelivery(
        store.db,
        {
          id: delivery.id,
          event: delivery.event,
          payload: JSON.parse(delivery.payload),
          groupKey: delivery.group,
        },
        bot.now(),
      );
      if (isNew) bot.wake();
    },
    hint: (headers, body) => takeHint(bot, headers, body),
    pages: createPages({
      store,
      clusters: new Map([...bot.clusters].map(([name, { client }]) => [name, client])),
      snapshot: (repositoryId) => snapshot(bot, repositoryId),
      gitHubUrl: environment.gitHubUrl,
      publicUrl: bot.publicUrl,
      gates: (promotion) => Promise.resolve(bot.lastGates.get(promotion.id) ?? []),
      redact: (text) => bot.gitHub.secrets.clean(text),
      version,
      now: bot.now,
    }),
    log,
  });
  const http = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(environment.port, environment.host, resolve);
  });
  const workers = runPasses(
    bot,
    [deliveryPass(bot, probot), runPass(bot), promotionPass(bot)],
    Math.min(settings.intervals.poll, 1000),
  );
  wakeUp.workers = workers;
  const stopResync = repeat(() => resync(bot), settings.intervals.resync);
  log.info({ port: environment.port, publicUrl: bot.publicUrl }, "okd-streams is ready");

  return {
    url: bot.publicUrl,
    async stop() {
      stopResync();
      await new Promise<void>((done) => {
        http.close(() => done());
        http.closeIdleConnections();
      });
      await workers.stop();
      await store.close();
    },
  };
}

async function snapshot(bot: Bot, repositoryId: number) {
  const repository = await getRepository(bot.db, repositoryId);
  if (repository === undefined) return undefined;
  return (await readDefaultBranch(bot, repository)).streams;
}

/** At once, and again so long after each end; gives what stops it. */
function repeat(act: () => Promise<unknown>, everyMs: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async (): Promise<void> => {
    await act();
    if (!stopped) timer = setTimeout(() => void turn(), everyMs);
  };
  void turn();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
