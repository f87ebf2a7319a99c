import { demoRepository } from "../../../src/demo/demo-repository.ts";
import { mergeWhenPossible } from "../../../src/demo/story/build-chapter.ts";
import {
  botComments,
  checkRun,
  observe,
  pullRequest,
  type CheckRun,
} from "../../../src/demo/story/observe.ts";
import { openStage, type OpenStage } from "../../e2e/support/open-stage.ts";
import { startHttpProxy, type HttpProxy } from "../../support/start-http-proxy.ts";
import { startApiProxy, type ApiProxy } from "./api-proxy.ts";
import { startEventRelay, type EventRelay } from "./event-relay.ts";
import {
  probePipeline,
  probePipelinePath,
  probeStream,
  probeStreamPath,
  serveOutcomes,
  type Outcomes,
} from "./outcomes.ts";
import { startRealCluster } from "./start-real-cluster.ts";
import { listRuns, type PipelineRun } from "./tekton-cluster.ts";

const { owner, name: repo } = demoRepository;
const buildCheck = "okd-streams / build (probe)";

/** A pull request that builds the probe, and its merge. */
export interface MergedProbe {
  readonly pull: number;
  readonly merge: string;
}

/** A stage on the real cluster with a stream whose builds end as they are told to. */
export interface ProbeStage {
  readonly stage: OpenStage;
  readonly outcomes: Outcomes;
  /** Between Tekton and the bot. */
  readonly relay: EventRelay;
  /** Between the bot and the EventListener. */
  readonly listener: HttpProxy;
  /** Between the bot and the API server. */
  readonly api: ApiProxy;
  readonly listenerSecret: string;
  /** Brings the stream to the default branch through a pull request. */
  merge(branch: string, timeout?: string): Promise<MergedProbe>;
  /** Merges what never ends, and waits until its step runs. */
  mergeHanging(branch: string): Promise<MergedProbe>;
  /** The build's check on the merge commit, once it concluded so; the pull request's head has the same. */
  concludes(probe: MergedProbe, conclusion: string): Promise<CheckRun>;
  /** What the bot wrote on it. */
  told(probe: MergedProbe): Promise<readonly string[]>;
  /** The builds of the probe, the oldest first. */
  runs(): Promise<readonly PipelineRun[]>;
  newestRun(): Promise<PipelineRun>;
  close(): Promise<void>;
}

/** Opens it; `host` is the address of this machine that pods reach. */
export async function openProbeStage(host: string): Promise<ProbeStage> {
  let relay: EventRelay | undefined;
  let listener: HttpProxy | undefined;
  let api: ApiProxy | undefined;
  let listenerSecret = "";
  const outcomes = await serveOutcomes(host);
  const closeBetween = () =>
    Promise.all([outcomes, relay, listener, api].map(async (server) => server?.close()));
  const stage = await openStage({
    host,
    async startCluster(options) {
      relay = await startEventRelay(options.cloudEventsSink, host);
      listenerSecret = options.listenerSecret;
      const cluster = await startRealCluster({ ...options, cloudEventsSink: relay.url });
      const proxy = await startApiProxy(cluster.kubeconfig());
      api = proxy;
      return { ...cluster, kubeconfig: () => proxy.kubeconfig };
    },
    async throughListener(url) {
      listener = await startHttpProxy(url);
      return listener.url;
    },
  }).catch(async (error: unknown) => {
    await closeBetween();
    throw error;
  });
  if (relay === undefined || listener === undefined || api === undefined)
    throw new Error("the world has no cluster");
  const runs = () => listRuns(namespace, "-l", selector);
  const merge = (branch: string, timeout?: string) =>
    mergeProbe(stage, outcomes.url, branch, timeout);
  return {
    stage,
    outcomes,
    relay,
    listener,
    api,
    listenerSecret,
    merge,
    async mergeHanging(branch) {
      outcomes.next("hang");
      const before = outcomes.asked();
      const probe = await merge(branch);
      await observe("the step runs", () =>
        Promise.resolve(outcomes.asked() > before ? true : undefined),
      );
      return probe;
    },
    concludes: (probe, conclusion) => concludes(stage, probe, conclusion),
    told: async ({ pull }) => (await botComments(stage, pull)).map(({ body = "" }) => body),
    runs,
    async newestRun() {
      const run = (await runs()).at(-1);
      if (run === undefined) throw new Error("there is no run");
      return run;
    },
    async close() {
      await stage.close();
      await closeBetween();
    },
  };
}

const namespace = "okd-streams";
const selector = "streams.okd.io/stream=probe,streams.okd.io/kind=build";

async function mergeProbe(
  stage: OpenStage,
  outcomesUrl: string,
  branch: string,
  timeout?: string,
): Promise<MergedProbe> {
  const { omar } = stage.people;
  const title = `Build the probe with ${branch}`;
  const given = timeout === undefined ? {} : { timeout };
  await omar.push({
    into: `${owner}/${repo}`,
    branch,
    message: title,
    files: {
      [probePipelinePath]: probePipeline(outcomesUrl),
      [probeStreamPath]: probeStream({ packages: branch, ...given }),
    },
  });
  const { data } = await omar.octokit.rest.pulls.create({
    ...{ owner, repo, title },
    head: branch,
    base: "main",
  });
  return { pull: data.number, merge: await mergeWhenPossible(stage, "maya", data.number) };
}

async function concludes(
  stage: OpenStage,
  { pull, merge }: MergedProbe,
  conclusion: string,
): Promise<CheckRun> {
  const { head } = await pullRequest(stage, pull);
  const [check] = await Promise.all(
    [merge, head.sha].map((commit) =>
      observe(
        `the build of ${commit} concludes ${conclusion}`,
        () => checkRun(stage, commit, buildCheck),
        (run) => run.conclusion === conclusion,
      ),
    ),
  );
  if (check === undefined) throw new Error("nothing was looked for");
  return check;
}
