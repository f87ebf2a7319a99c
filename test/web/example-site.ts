import { saveApproval } from "../../src/store/approvals.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { insertPromotionIfAbsent, updatePromotion } from "../../src/store/promotions.ts";
import { insertReleaseIfAbsent, setReleasePhase } from "../../src/store/releases.ts";
import { saveRepository } from "../../src/store/repositories.ts";
import { insertRunIfAbsent, updateRun, type RunChange } from "../../src/store/runs.ts";
import { ok } from "../../src/problem.ts";
import type { ClusterClient, ObservedRun } from "../../src/cluster/types.ts";
import type { Sourced, StreamsRepository } from "../../src/streams/repository.ts";
import type { RunRequest } from "../../src/streams/runs/run-request.ts";
import type { Channel, ChannelRelease, Stream } from "../../src/streams/types.ts";
import type { Pipeline } from "../../src/tekton/types.ts";
import type { PagesOptions } from "../../src/web/site.ts";

export const now = new Date("2026-11-20T12:00:00.000Z");
export const commit = "0123456789abcdef0123456789abcdef01234567";
const digest = `sha256:${"ab".repeat(32)}`;
const range = { line: 1, column: 1, endLine: 1, endColumn: 1 };

function ago(minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

function sourced<T>(path: string, value: T): Sourced<T> {
  return {
    path,
    value,
    source: { file: path, value, rangeOf: () => range, textEdits: () => undefined },
  };
}

export function stream(name: string, change: Partial<Stream["spec"]> = {}): Stream {
  return {
    apiVersion: "streams.okd.io/v1alpha1",
    kind: "Stream",
    metadata: { name, labels: { "streams.okd.io/experimental": "true" } },
    spec: {
      title: "OKD for the edge",
      description:
        "A small OKD that runs beside a cell tower: single node, low memory, delayed updates.",
      maintainers: ["ada"],
      version: "4.22",
      operatingSystem: "scos",
      architectures: ["amd64", "arm64"],
      build: { cluster: "laptop", pipelineRef: { path: "tekton/pipelines/build-oci-image.yaml" } },
      triggers: { merge: true, schedule: { cron: "30 14 * * *", timeZone: "UTC" } },
      release: {
        nameTemplate: "x",
        from: { results: { pullSpec: "pull-spec", digest: "digest" } },
      },
      ...change,
    },
  };
}

export function channel(name: string, change: Partial<Channel["spec"]> = {}): Channel {
  return {
    apiVersion: "streams.okd.io/v1alpha1",
    kind: "Channel",
    metadata: { name },
    spec: {
      title: "OKD 4 on SCOS, next",
      description: "Pre-releases for people who test what comes.",
      sources: [{ stream: "edge" }],
      naming: { suffix: "okd-scos.ec" },
      promotion: { soak: "24h", approvals: { minimum: 2, approvers: ["ada", "bob", "carol"] } },
      ...change,
    },
  };
}

const pipeline: Pipeline = {
  apiVersion: "tekton.dev/v1",
  kind: "Pipeline",
  metadata: { name: "build-oci-image" },
  spec: {
    tasks: [
      { name: "check-inputs" },
      { name: "build-base", runAfter: ["check-inputs"] },
      { name: "build-variant", runAfter: ["check-inputs"] },
      { name: "assemble-image", runAfter: ["build-base", "build-variant"] },
      { name: "verify-image", runAfter: ["assemble-image"] },
    ],
    finally: [{ name: "tidy-up" }],
  },
};

export interface ExampleOptions {
  readonly streams?: readonly Stream[];
  readonly channels?: readonly Channel[];
  readonly repositoryNames?: readonly string[];
  readonly log?: string;
  readonly hostile?: string;
}

export interface Example {
  readonly store: Store;
  readonly options: PagesOptions;
  readonly runs: { readonly good: string; readonly bad: string; readonly busy: string };
}

/** A repository in the middle of its life: builds of all kinds, releases, one channel that holds one, one that waits. */
export async function exampleSite(example: ExampleOptions = {}): Promise<Example> {
  const store = await openStore(":memory:");
  const names = example.repositoryNames ?? ["streams"];
  for (const [index, name] of names.entries()) {
    await saveRepository(
      store.db,
      { id: index + 1, installationId: 1, owner: "okd-project", name, defaultBranch: "main" },
      ago(600),
    );
  }
  const runs = await seedRuns(store, example.hostile);
  await seedReleases(store);
  await seedPromotions(store, example.hostile);
  return { store, runs, options: pagesOptions(store, example) };
}

function pagesOptions(store: Store, example: ExampleOptions): PagesOptions {
  const streams = example.streams ?? [
    stream("edge"),
    stream("metal", { title: "OKD on bare metal" }),
    stream("openstack", { title: "OKD on OpenStack", lifecycle: { state: "paused" } }),
  ];
  const channels = example.channels ?? [
    channel("4-scos-next"),
    channel("4-scos-stable", {
      title: "OKD 4 on SCOS, stable",
      sources: [{ channel: "4-scos-next" }],
      naming: { suffix: "okd-scos" },
    }),
  ];
  const held: ChannelRelease = {
    apiVersion: "streams.okd.io/v1alpha1",
    kind: "ChannelRelease",
    metadata: { name: "4-scos-next" },
    spec: {
      name: "4.22.0-okd-scos.ec.3",
      stream: "edge",
      release: "4.22.0-0.okd-scos-2026-11-18-101010",
      pullSpec: `okd/edge@${digest}`,
      digest,
      promotion: { requestedBy: "rita" },
    },
  };
  const snapshot: StreamsRepository = {
    streams: new Map(
      streams.map((one) => [one.metadata.name, sourced(`streams/${one.metadata.name}.yaml`, one)]),
    ),
    channels: new Map(
      channels.map((one) => [
        one.metadata.name,
        sourced(`streams/channels/${one.metadata.name}/channel.yaml`, one),
      ]),
    ),
    channelReleases: new Map([
      ["4-scos-next", sourced("streams/channels/4-scos-next/release.yaml", held)],
    ]),
    tektonDocuments: [],
    settings: { apiVersion: "streams.okd.io/v1alpha1", kind: "StreamsSettings" },
    pipelines: new Map([
      [
        "tekton/pipelines/build-oci-image.yaml",
        sourced("tekton/pipelines/build-oci-image.yaml", pipeline),
      ],
    ]),
    tasks: new Map(),
    files: new Map(),
    elsewhere: [],
    findings: [],
    silenced: [],
  };
  const cluster: ClusterClient = {
    name: "laptop",
    namespace: "okd",
    runNames: "fixed",
    submit: () => Promise.reject(new Error("pages only read")),
    readRun: () => Promise.resolve(ok(undefined)),
    findRun: () => Promise.resolve(ok(undefined)),
    watchRuns: () => ({ stop: () => Promise.resolve() }),
    readLog: (pod, container, lines) =>
      Promise.resolve(ok(example.log ?? `${pod} ${container} ${lines}\nThe token is hunter2\n`)),
    readTriggers: () => Promise.reject(new Error("pages start nothing")),
    readNodes: () => Promise.reject(new Error("pages start nothing")),
    cancelRun: () => Promise.reject(new Error("pages only read")),
  };
  return {
    store,
    clusters: new Map([["laptop", cluster]]),
    snapshot: (id) => Promise.resolve(id === 1 ? snapshot : undefined),
    gates: () =>
      Promise.resolve([
        { name: "soak", state: "open", why: "Accepted since yesterday." },
        { name: "approvals", state: "waiting", why: `1 of 2 approvals. \`bob\` has to approve.` },
        {
          name: "hold",
          state: "closed",
          why: `Held by ada: ${example.hostile ?? "wait for Monday"}`,
        },
      ]),
    redact: (text) => text.replaceAll("hunter2", "***"),
    gitHubUrl: "https://github.example",
    publicUrl: "https://streams.example",
    version: "0.1.0",
    now: () => now,
  };
}

async function seedRuns(store: Store, hostile: string | undefined) {
  const tasks = (until: number) =>
    [
      "check-inputs",
      "build-base",
      "build-variant",
      "assemble-image",
      "verify-image",
      "tidy-up",
    ].map((name, index) => ({
      name,
      phase: index < until ? ("succeeded" as const) : ("waiting" as const),
      ...(index < until && {
        startedAt: new Date(ago(300).getTime() + index * 20_000).toISOString(),
        finishedAt: new Date(
          ago(300).getTime() + (index + 1) * 20_000 + index * 4000,
        ).toISOString(),
        podName: `edge-${name}-pod`,
      }),
      steps: [{ name: "main", container: "step-main", exitCode: 0 }],
    }));
  const observed = (phase: "succeeded" | "failed" | "running", list: ObservedRun["tasks"]) => ({
    name: "edge-0123456789",
    uid: "u",
    phase,
    reason: "",
    message: "",
    results: {},
    tasks: list,
    asked: { serviceAccounts: ["default"], params: {} },
  });
  const add = async (
    id: string,
    minutes: number,
    change: RunChange,
    request: Partial<RunRequest> = {},
  ) => {
    const full: RunRequest = {
      repositoryId: 1,
      kind: "build",
      subject: "edge",
      stream: "edge",
      inputDigest: "d".repeat(64),
      cause: `merge:${commit}`,
      attempt: 1,
      cluster: "laptop",
      commit,
      pipelineRef: { path: "tekton/pipelines/build-oci-image.yaml" },
      params: { version: "4.22", variant: hostile ?? "edge", "image-repository": "okd/edge" },
      workspaces: {},
      timeouts: {},
      ...request,
    };
    await insertRunIfAbsent(
      store.db,
      {
        id,
        name: `${full.subject}-${id.slice(0, 10)}`,
        request: full,
        pullNumber: 7,
        requestedBy: full.cause.startsWith("command") ? "rita" : null,
      },
      ago(minutes),
    );
    await updateRun(store.db, id, { ...change, settled: true, dueAt: null });
  };
  const times = (minutes: number, seconds: number) => ({
    startedAt: ago(minutes).toISOString(),
    finishedAt: new Date(ago(minutes).getTime() + seconds * 1000).toISOString(),
  });
  const id = (digit: string) => digit.repeat(64);
  for (const [index, state] of (
    ["succeeded", "succeeded", "cancelled", "failed", "succeeded", "timed-out"] as const
  ).entries()) {
    await add(
      `${index}`.repeat(64),
      4000 - index * 500,
      { state, ...times(4000 - index * 500, 124) },
      { cause: `merge:${`${index}`.repeat(40)}` },
    );
  }
  await add(id("a"), 300, {
    state: "succeeded",
    ...times(300, 124),
    observed: observed("succeeded", tasks(6)),
    results: { "pull-spec": `okd/edge@${digest}`, digest },
  });
  const failing = tasks(3).map((task) =>
    task.name === "build-variant"
      ? {
          ...task,
          phase: "failed" as const,
          failedStep: { name: "main", container: "step-main", exitCode: 3 },
        }
      : task,
  );
  await add(
    id("b"),
    200,
    {
      state: "failed",
      message: "Task build-variant failed.",
      ...times(200, 44),
      observed: observed("failed", failing),
      logTail: `+ build ${hostile ?? "edge"} with hunter2\nerror: layer 3 is missing`,
    },
    { cause: "command:99" },
  );
  await add(
    id("c"),
    1,
    { state: "running", startedAt: ago(1).toISOString(), observed: observed("running", tasks(2)) },
    { subject: "metal", stream: "metal", cause: "schedule:2026-11-20T11:59:00.000Z" },
  );
  await add(
    id("d"),
    280,
    { state: "succeeded", ...times(280, 61) },
    {
      kind: "verify",
      subject: "4.22.0-0.okd-scos-2026-11-20-070000",
      cause: "release:4.22.0-0.okd-scos-2026-11-20-070000",
    },
  );
  return { good: id("a"), bad: id("b"), busy: id("c") };
}

async function seedReleases(store: Store) {
  const releases = [
    ["4.22.0-0.okd-scos-2026-11-18-101010", "0", 2900],
    ["4.22.0-0.okd-scos-2026-11-20-070000", "a", 298],
  ] as const;
  for (const [name, run, minutes] of releases) {
    await insertReleaseIfAbsent(
      store.db,
      {
        repositoryId: 1,
        name,
        stream: "edge",
        runId: run.repeat(64),
        pullSpec: `okd/edge@${digest}`,
        digest,
        commit,
        phase: "Ready",
      },
      ago(minutes),
    );
    await setReleasePhase(
      store.db,
      1,
      name,
      { phase: "Accepted", reason: "install succeeded", by: null },
      ago(minutes - 5),
    );
  }
}

async function seedPromotions(store: Store, hostile: string | undefined) {
  const decisionDigest = "e".repeat(64);
  const base = {
    repositoryId: 1,
    channel: "4-scos-next",
    requester: "rita",
    requestedIn: 7,
    decisionDigest,
  };
  await insertPromotionIfAbsent(
    store.db,
    {
      ...base,
      id: "1",
      release: "4.22.0-0.okd-scos-2026-11-18-101010",
      targetName: "4.22.0-okd-scos.ec.3",
      fromRelease: "4.22.0-okd-scos.ec.2",
      branch: "b1",
    },
    ago(2800),
  );
  await saveApproval(
    store.db,
    { promotionId: "1", login: "ada", commentId: 1, decisionDigest },
    ago(2700),
  );
  await saveApproval(
    store.db,
    { promotionId: "1", login: "bob", commentId: 2, decisionDigest },
    ago(2650),
  );
  await saveApproval(
    store.db,
    { promotionId: "1", login: "mallory", commentId: 3, decisionDigest: "f".repeat(64) },
    ago(2640),
  );
  await updatePromotion(
    store.db,
    "1",
    { state: "published", pullNumber: 8, mergeCommit: commit, dueAt: null },
    ago(2600),
  );
  await insertPromotionIfAbsent(
    store.db,
    {
      ...base,
      id: "2",
      release: "4.22.0-0.okd-scos-2026-11-20-070000",
      targetName: hostile ?? "4.22.0-okd-scos.ec.4",
      fromRelease: "4.22.0-okd-scos.ec.3",
      branch: "b2",
    },
    ago(120),
  );
  await saveApproval(
    store.db,
    { promotionId: "2", login: "ada", commentId: 4, decisionDigest },
    ago(60),
  );
  await updatePromotion(store.db, "2", { state: "open", pullNumber: 12, dueAt: null }, ago(60));
}
