import type {
  ClusterClient,
  ObservedRun,
  RunNames,
  RunPayload,
  Submission,
  WatchListener,
} from "../../src/cluster/types.ts";
import { failed, ok, type Problem } from "../../src/problem.ts";

/** A cluster whose listener and API server a test holds in its hands. */
export interface FakeCluster extends ClusterClient {
  runNames: RunNames;
  readonly submitted: RunPayload[];
  readonly watchers: Set<WatchListener>;
  readonly cancelled: string[];
  /** What the API server shows, by the PipelineRun's name. */
  readonly runs: Map<string, ObservedRun>;
  log: string;
  /**
   * How the listener answers instead of taking the request; `taken` where it took it and the answer was lost, `unsent`
   * where it cannot even be reached.
   */
  refusal:
    { readonly problem: Problem; readonly taken?: boolean; readonly unsent?: boolean } | undefined;
  /** How the API server answers instead of reading. */
  unreadable: Problem | undefined;
  /** What it says of its triggers; it may not tell unless a test lets it. */
  triggers: Awaited<ReturnType<ClusterClient["readTriggers"]>>;
  /** The same of its nodes. */
  nodes: Awaited<ReturnType<ClusterClient["readNodes"]>>;
}

export const unavailable: Problem = {
  kind: "unavailable",
  what: "The listener answered 503.",
  retryAfterSeconds: 30,
};

export function observed(payload: RunPayload, change: Partial<ObservedRun> = {}): ObservedRun {
  return {
    name: payload.run.name,
    uid: "uid",
    runId: payload.run.id,
    phase: "running",
    reason: "Running",
    message: "",
    startedAt: "2026-11-20T12:00:00Z",
    results: {},
    tasks: [],
    asked: {
      serviceAccounts: [payload.run.serviceAccount ?? "default"],
      params: payload.params,
    },
    ...change,
  };
}

export const image = {
  "pull-spec": `quay.io/okd/scos-release@sha256:${"a".repeat(64)}`,
  "image-digest": `sha256:${"a".repeat(64)}`,
};

export const succeeded: Partial<ObservedRun> = {
  phase: "succeeded",
  reason: "Succeeded",
  finishedAt: "2026-11-20T12:01:05Z",
  results: image,
};

export const broken: Partial<ObservedRun> = {
  phase: "failed",
  reason: "Failed",
  message: "Tasks Completed: 1 (Failed: 1)",
  finishedAt: "2026-11-20T12:01:05Z",
};

export function createFakeCluster(): FakeCluster {
  const cluster: FakeCluster = {
    name: "laptop",
    namespace: "okd",
    runNames: "fixed",
    submitted: [],
    watchers: new Set(),
    cancelled: [],
    runs: new Map(),
    log: "",
    refusal: undefined,
    unreadable: undefined,
    triggers: failed({ kind: "refused", what: "Kubernetes answered 403." }),
    nodes: failed({ kind: "refused", what: "Kubernetes answered 403: nodes is forbidden." }),
    submit(payload): Promise<Submission> {
      const { refusal } = cluster;
      if (refusal === undefined || refusal.taken === true) cluster.submitted.push(payload);
      if (refusal === undefined)
        return Promise.resolve({ outcome: "taken", eventId: `event-${cluster.submitted.length}` });
      const { problem, taken, unsent } = refusal;
      if (taken === true) cluster.runs.set(payload.run.name, observed(payload));
      if (problem.kind !== "unavailable") return Promise.resolve({ outcome: "refused", problem });
      return Promise.resolve({ outcome: unsent === true ? "unsent" : "unknown", problem });
    },
    readRun(name) {
      if (cluster.unreadable !== undefined)
        return Promise.resolve({ ok: false, problem: cluster.unreadable });
      return Promise.resolve(ok(cluster.runs.get(name)));
    },
    readTriggers: () => Promise.resolve(cluster.triggers),
    readNodes: () => Promise.resolve(cluster.nodes),
    findRun: (eventId) => cluster.readRun(eventId),
    watchRuns: (listener) => {
      cluster.watchers.add(listener);
      return {
        stop: () => {
          cluster.watchers.delete(listener);
          return Promise.resolve();
        },
      };
    },
    readLog: () => Promise.resolve(ok(cluster.log)),
    cancelRun(name) {
      cluster.cancelled.push(name);
      return Promise.resolve(ok(undefined));
    },
  };
  return cluster;
}
