import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Sandbox, SandboxOptions } from "../sandbox/options.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import { readAppManifest } from "./app-manifest.ts";
import { startStandIn, type BuildCluster, type BuildClusterOptions } from "./build-cluster.ts";
import { createBotProcess, type BotProcess } from "./bot-process.ts";
import { freePort } from "./free-port.ts";
import { demoRepository, repositoryFiles } from "./demo-repository.ts";
import { maintainers, people } from "./people.ts";

/** A GitHub stand-in, a cluster that builds and the bot, connected as in production and all on loopback. */
export interface World {
  readonly sandbox: Sandbox;
  readonly cluster: BuildCluster;
  readonly bot: BotProcess;
  /** Prepares one more process of the bot; it works on the same database where that is a server's. GitHub tells it nothing. */
  prepareReplica(): Promise<BotProcess>;
  readonly directory: string;
  /** The Kubernetes API of the cluster, as anybody with its token sees it. */
  readonly kubernetes: { readonly url: string; readonly namespace: string; readonly token: string };
  /** The directory behind the claim that images are built into. */
  readonly registry: string;
  /** The GitHub page of the streams repository. */
  readonly repositoryUrl: string;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** Holds everything that the world writes. */
  readonly directory: string;
  /** Port of the first page; 0 for any. */
  readonly port: number;
  /** The address of this machine that everything listens on; loopback where nothing is given. */
  readonly host?: string;
  /** Where builds run; the Tekton stand-in where nothing is given. */
  readonly startCluster?: (options: BuildClusterOptions) => Promise<BuildCluster>;
  /** Where pull requests are tried before their merge; nowhere where nothing is given. */
  readonly startTrials?: (options: BuildClusterOptions) => Promise<BuildCluster>;
  /** Files of the repository, over those that it has. */
  readonly files?: Readonly<Record<string, string>>;
  /** Puts something between the bot and the EventListener; gives the URL that the bot is told. */
  readonly throughListener?: (url: string) => Promise<string>;
  /** Address of the bot's database; a file of its own where nothing is given. */
  readonly database?: string;
  /** Called with every exchange with the GitHub stand-in. */
  readonly record?: NonNullable<SandboxOptions["record"]>;
}

const webhookSecret = "only-for-this-machine-0123456789abcdef";
const listenerSecret = "also-only-for-this-machine-0123456789";
const trialsSecret = "nothing-else-is-opened-by-this-0123456789";
const namespace = "okd-streams";
/** Where pull requests are tried, and under which account. */
export const trialsPlace = {
  namespace: "okd-streams-trials",
  serviceAccount: "okd-streams-trial",
} as const;

/** Starts everything; the repository is there, and the bot has seen it. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await openWorld(options, (end) => closers.push(end))), close };
  } catch (error) {
    // What had started already would hold the process, and say nothing.
    await close();
    throw error;
  }
}

async function openWorld(
  options: WorldOptions,
  onClose: (end: () => Promise<void>) => void,
): Promise<Omit<World, "close">> {
  const { directory, host = "127.0.0.1" } = options;
  mkdirSync(directory, { recursive: true });
  const manifest = readAppManifest();
  const botPort = await freePort(host);
  const botUrl = `http://${host}:${botPort}`;
  const sandbox = await startSandbox({
    port: options.port,
    host,
    directory: join(directory, "github"),
    app: {
      id: 1001,
      slug: "okd-streams",
      webhookSecret,
      webhookUrl: `${botUrl}/api/github/webhooks`,
      permissions: manifest.default_permissions,
      events: manifest.default_events,
    },
    people: people.map(({ login, name }) => ({ login, name })),
    teams: { "okd-project/okd-maintainers": maintainers },
    refLagMs: 50,
    links: [
      { title: "Channels: what is in each, and why", href: botUrl },
      { title: "Streams and their builds", href: `${botUrl}/streams` },
    ],
    ...(options.record === undefined ? {} : { record: options.record }),
  });
  onClose(() => sandbox.close());
  const cluster = await (options.startCluster ?? startStandIn)({
    directory,
    namespace,
    listenerSecret,
    gitUrl: `${sandbox.url}/`,
    cloudEventsSink: `${botUrl}/api/cloudevents`,
  });
  onClose(() => cluster.close());
  const trials = await options.startTrials?.({
    directory: join(directory, "trials"),
    namespace: trialsPlace.namespace,
    listenerSecret: trialsSecret,
    gitUrl: `${sandbox.url}/`,
    cloudEventsSink: `${botUrl}/api/cloudevents`,
  });
  if (trials !== undefined) onClose(() => trials.close());
  await sandbox.createRepository({
    ...demoRepository,
    files: { ...repositoryFiles(), ...options.files },
    collaborators: Object.fromEntries(people.map(({ login, role }) => [login, role])),
    requiredChecks: ["okd-streams / validate", "okd-streams / promotion"],
  });
  const listener = (await options.throughListener?.(cluster.listenerUrl)) ?? cluster.listenerUrl;
  const prepareBot = (name: string, port: number): BotProcess => {
    const bot = createBotProcess({
      host,
      port,
      serverFile: writeServerFile(
        { directory, name, publicUrl: botUrl },
        { listener, kubeconfig: cluster.kubeconfig() },
        trials && { listener: trials.listenerUrl, kubeconfig: trials.kubeconfig() },
      ),
      logFile: join(directory, `${name}.log`),
      environment: {
        APP_ID: String(sandbox.app.id),
        PRIVATE_KEY: sandbox.app.privateKey,
        WEBHOOK_SECRET: webhookSecret,
        LISTENER_SECRET: listenerSecret,
        TRIALS_SECRET: trialsSecret,
        GHE_HOST: `${host}:${sandbox.port}`,
        GHE_PROTOCOL: "http",
        HOST: host,
        PORT: String(port),
        LOG_LEVEL: "info",
        ...(options.database === undefined ? {} : { DATABASE_URL: options.database }),
      },
    });
    onClose(() => bot.stop());
    return bot;
  };
  const bot = prepareBot("bot", botPort);
  await bot.start();
  let replicas = 1;
  return {
    sandbox,
    cluster,
    bot,
    async prepareReplica() {
      replicas += 1;
      return prepareBot(`bot-${replicas}`, await freePort(host));
    },
    directory,
    kubernetes: { url: cluster.kubernetesUrl, namespace, token: cluster.token },
    registry: cluster.registry,
    repositoryUrl: `${sandbox.url}/${demoRepository.owner}/${demoRepository.name}`,
  };
}

interface ReachedCluster {
  readonly listener: string;
  readonly kubeconfig: string;
}

function writeServerFile(
  {
    directory,
    name,
    publicUrl,
  }: { readonly directory: string; readonly name: string; readonly publicUrl: string },
  cluster: ReachedCluster,
  trials: ReachedCluster | undefined,
): string {
  const kubeconfig = join(directory, "kubeconfig.yaml");
  writeFileSync(kubeconfig, cluster.kubeconfig, { mode: 0o600 });
  const trialsKubeconfig = join(directory, "trials.kubeconfig.yaml");
  if (trials !== undefined) writeFileSync(trialsKubeconfig, trials.kubeconfig, { mode: 0o600 });
  const file = join(directory, `${name}.server.yaml`);
  writeFileSync(
    file,
    stringify({
      publicUrl,
      dataDirectory: join(directory, name),
      gitHub: { throttle: false },
      intervals: { poll: "2s", resync: "30s", retry: "200ms" },
      clusters: [
        {
          name: "laptop",
          listener: cluster.listener,
          secretEnv: "LISTENER_SECRET",
          namespace,
          kubeconfig,
          repositories: [`${demoRepository.owner}/${demoRepository.name}`],
          startDeadline: "30s",
          ...(trials && {
            trials: {
              ...trialsPlace,
              listener: trials.listener,
              secretEnv: "TRIALS_SECRET",
              kubeconfig: trialsKubeconfig,
            },
          }),
        },
      ],
    }),
  );
  return file;
}
