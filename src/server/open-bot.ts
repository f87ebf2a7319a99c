import { dirname } from "node:path";
import type { Bot } from "../bot/bot.ts";
import { joinReplicas } from "../bot/replica.ts";
import { checkGit } from "../github/check-git.ts";
import { makeFolder } from "../make-folder.ts";
import { unwrap } from "../problem.ts";
import { filePathOf } from "../store/database-address.ts";
import { openStore, type Store } from "../store/open-store.ts";
import { checkTrialsApart } from "./check-trials-apart.ts";
import { createBot, createLog, readClusterSecrets } from "./create-bot.ts";
import { readRegistryCredentials } from "./read-registry-credentials.ts";
import { readEnvironment, type Environment } from "./read-environment.ts";
import { readServerFile, type ServerSettings } from "./server-file.ts";

export interface OpenedBot {
  readonly bot: Bot;
  readonly store: Store;
  readonly environment: Environment;
  readonly settings: ServerSettings;
  readonly log: ReturnType<typeof createLog>;
  /** Tells who is to be woken when something becomes due; nobody until then. */
  onWake(wake: () => void): void;
}

/**
 * The bot as the environment and the server file set it up, with its database open. Throws a ProblemError that names
 * what is missing or wrong, before anything is opened.
 */
export async function openBot(
  configFile: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<OpenedBot> {
  unwrap(await checkGit());
  const environment = unwrap(readEnvironment(variables));
  const settings = unwrap(readServerFile(configFile));
  unwrap(checkTrialsApart(settings));
  const clusterSecrets = unwrap(readClusterSecrets(settings, variables));
  const registryCredentials = unwrap(readRegistryCredentials(settings));
  const log = createLog(environment.logLevel);
  makeFolder(settings.dataDirectory);
  const database = environment.database ?? settings.database;
  const file = filePathOf(database);
  if (file !== undefined) makeFolder(dirname(file));
  const store = await openStore(database);
  let wake = (): void => undefined;
  const bot = createBot({
    environment,
    settings,
    clusterSecrets,
    registryCredentials,
    store,
    replica: await joinReplicas(store.locks),
    log,
    wake: () => wake(),
  });
  return {
    bot,
    store,
    environment,
    settings,
    log,
    onWake(next) {
      wake = next;
    },
  };
}
