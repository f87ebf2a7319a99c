import { join } from "node:path";
import { pino, type Logger } from "pino";
import type { Bot, OfferedCluster } from "../bot/bot.ts";
import type { ClusterClient } from "../cluster/types.ts";
import { createKeyedLock } from "../bot/keyed-lock.ts";
import type { Replica } from "../bot/replica.ts";
import { createClusterClient } from "../cluster/create-cluster-client.ts";
import { catchUp } from "../github/catch-up.ts";
import { createGitHubApp } from "../github/create-github-app.ts";
import { openElsewhere } from "../github/open-elsewhere.ts";
import { openMirror, type Mirror } from "../github/open-mirror.ts";
import type { Credentials } from "../registry/parse-docker-config.ts";
import { openRegistries } from "../registry/open-registries.ts";
import { failed, ok, type Result } from "../problem.ts";
import type { Repository } from "../store/repository-record.ts";
import { passwordsOf } from "../store/database-address.ts";
import type { Store } from "../store/open-store.ts";
import type { Environment } from "./read-environment.ts";
import type { ClusterSettings, ServerSettings } from "./server-file.ts";

export interface BotParts {
  readonly environment: Environment;
  readonly settings: ServerSettings;
  readonly clusterSecrets: ReadonlyMap<string, string>;
  readonly registryCredentials: Credentials;
  readonly store: Store;
  readonly replica: Replica;
  readonly log: Logger;
  readonly wake: () => void;
}

/** The bot, connected to GitHub, its mirrors, its clusters and its database as the operator set it up. */
export function createBot(parts: BotParts): Bot {
  const { environment, settings, store, log } = parts;
  const gitHub = createGitHubApp({
    appId: environment.appId,
    privateKey: environment.privateKey,
    baseUrl: environment.apiUrl,
    throttle: settings.gitHub.throttle,
    secrets: [
      ...environment.webhookSecrets,
      ...parts.clusterSecrets.values(),
      ...[...parts.registryCredentials.values()].map(({ password }) => password),
      ...passwordsOf(environment.database ?? settings.database),
    ],
    log,
  });
  const mirrors = new Map<number, Mirror>();
  const ownMirrorOf = (repository: Repository): Mirror => {
    const known = mirrors.get(repository.id);
    if (known !== undefined) return known;
    const { id: repositoryId, installationId, owner, name } = repository;
    const mirror = openMirror({
      directory: join(settings.dataDirectory, "mirrors", `${repositoryId}.git`),
      gitUrl: `${environment.gitHubUrl}/${owner}/${name}.git`,
      token: () => gitHub.forRepository({ installationId, repositoryId, owner, name }).gitToken(),
    });
    mirrors.set(repository.id, mirror);
    return mirror;
  };
  const caughtUp = new Map<number, { readonly commit: string; readonly mirror: Mirror }>();
  /** Another replica may have fetched, and carried out, what the mirror of this one has not seen. */
  const mirrorOf = (repository: Repository): Mirror => {
    const { id, syncedCommit: commit } = repository;
    if (store.locks === undefined || commit === null) return ownMirrorOf(repository);
    const known = caughtUp.get(id);
    if (known?.commit === commit) return known.mirror;
    const mirror = catchUp(ownMirrorOf(repository), commit);
    caughtUp.set(id, { commit, mirror });
    return mirror;
  };
  return {
    db: store.db,
    gitHub,
    mirrorOf,
    elsewhere: openElsewhere({
      directory: join(settings.dataDirectory, "elsewhere"),
      repositories: settings.pipelineRepositories,
    }),
    registries: openRegistries({
      origins: settings.registries,
      credentials: parts.registryCredentials,
    }),
    clusters: new Map(
      settings.clusters.map((cluster) => [cluster.name, offer(cluster, parts.clusterSecrets)]),
    ),
    publicUrl: settings.publicUrl.replace(/\/$/, ""),
    gitHubUrl: environment.gitHubUrl,
    pollMs: settings.intervals.poll,
    retryMs: settings.intervals.retry,
    now: () => new Date(),
    lock: createKeyedLock(store.locks),
    replica: parts.replica,
    lastGates: new Map(),
    watched: new Set(),
    log,
    wake: parts.wake,
  };
}

function offer(cluster: ClusterSettings, secrets: ReadonlyMap<string, string>): OfferedCluster {
  const { name, trials } = cluster;
  return {
    client: connect(name, cluster, secrets.get(name)),
    repositories: cluster.repositories,
    ...(cluster.serviceAccount === undefined ? {} : { serviceAccount: cluster.serviceAccount }),
    secrets: cluster.secrets,
    startDeadlineMs: cluster.startDeadline,
    limits: {
      runs: cluster.maxRuns ?? Infinity,
      runsOfStream: cluster.maxRunsPerStream ?? Infinity,
    },
    ...(trials && {
      trials: {
        client: connect(
          name,
          { ...trials, kubeconfig: trials.kubeconfig ?? cluster.kubeconfig },
          secrets.get(trialsOf(name)),
        ),
        serviceAccount: trials.serviceAccount,
        params: trials.params,
      },
    }),
  };
}

type Target = Pick<ClusterSettings, "listener" | "namespace" | "kubeconfig"> &
  Partial<Pick<ClusterSettings, "runNames">>;

function connect(
  name: string,
  { listener, runNames = "fixed", namespace, kubeconfig }: Target,
  secret: string | undefined,
): ClusterClient {
  return createClusterClient({
    name,
    listener: new URL(listener),
    runNames,
    secret,
    namespace,
    kubernetes: kubeconfig === undefined ? { inCluster: true } : { kubeconfigFile: kubeconfig },
  });
}

function trialsOf(cluster: string): string {
  return `trials of ${cluster}`;
}

/**
 * The secret of each listener from the environment; the problem names every one that is missing. What tries pull requests
 * can read the secret of its own listener, so that this one must open no other.
 */
export function readClusterSecrets(
  settings: ServerSettings,
  variables: Readonly<Record<string, string | undefined>>,
): Result<ReadonlyMap<string, string>> {
  const wanted = settings.clusters.flatMap(({ name, secretEnv, trials }) => [
    { of: name, label: `cluster ${name}`, secretEnv },
    ...(trials ? [{ of: trialsOf(name), label: trialsOf(name), secretEnv: trials.secretEnv }] : []),
  ]);
  const secrets = new Map(
    wanted.flatMap(({ of, secretEnv }) =>
      secretEnv === undefined ? [] : [[of, variables[secretEnv] ?? ""] as const],
    ),
  );
  const missing = wanted.filter(({ of }) => secrets.get(of) === "");
  if (missing.length > 0)
    return failed({
      kind: "invalid",
      where: "environment",
      what: `the secrets of these EventListeners are missing: ${missing.map(({ secretEnv, label }) => `${secretEnv} (${label})`).join(", ")}.`,
      next: "Set them to the values that the listeners' GitHub interceptors check.",
    });
  const builds = settings.clusters.map(({ name }) => secrets.get(name));
  const shared = settings.clusters.filter(
    ({ name, trials }) => trials && builds.includes(secrets.get(trialsOf(name))),
  );
  if (shared.length === 0) return ok(secrets);
  return failed({
    kind: "invalid",
    where: "environment",
    what: `the EventListener that tries pull requests has the secret of one that builds: ${shared.map(({ name }) => name).join(", ")}. What a pull request runs could read it and start builds.`,
    next: "Make another with `openssl rand -hex 32` for the listener of the trials.",
  });
}

/** Structured logs on standard output; credentials of requests never reach them. */
export function createLog(level: string): Logger {
  return pino({
    level,
    redact: {
      paths: [
        "err.request.headers",
        "err.request.body",
        "err.response",
        "*.authorization",
        "*.token",
        "*.privateKey",
      ],
      remove: true,
    },
  });
}
