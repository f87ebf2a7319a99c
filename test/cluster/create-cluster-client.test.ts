import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import nock from "nock";
import { createClusterClient } from "../../src/cluster/create-cluster-client.ts";
import type { RunPayload } from "../../src/cluster/types.ts";

const api = "http://kubernetes.test:6443";
const listener = "http://listener.test:8080";
const secret = "a secret of the listener";
const runId = "0123456789abcdef".repeat(4);
const runs = "/apis/tekton.dev/v1/namespaces/okd-streams/pipelineruns";

const kubeconfig = (server: string) => `
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "${server}", insecure-skip-tls-verify: true}}]
users: [{name: u, user: {token: kubernetes-token}}]
`;

const client = createClusterClient({
  name: "moc",
  listener: new URL(listener),
  runNames: "fixed",
  secret,
  namespace: "okd-streams",
  kubernetes: { kubeconfig: kubeconfig(api) },
  timeoutMs: 400,
});

const payload: RunPayload = {
  run: { id: runId, name: "edge-0123456789", kind: "build", attempt: "1" },
  repository: { id: "1", fullName: "okd/streams", url: "https://github.test/okd/streams.git" },
  stream: "edge",
  subject: "edge",
  commit: "a".repeat(40),
  pipeline: { name: "assemble", url: "u", revision: "a".repeat(40), path: "tekton/assemble.yaml" },
  params: { title: "Grüße" },
  workspaces: {},
  workspaceKinds: "",
  timeouts: { pipeline: "1h", tasks: "", finally: "" },
};

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  expect(unused).toEqual([]);
});
afterAll(() => {
  nock.restore();
});

describe("asking for a run", () => {
  const accepted = {
    eventListener: "okd-streams",
    namespace: "okd-streams",
    eventListenerUID: "7a1d",
    eventID: "14a657c3-6816-45bf-b214-4afdaefc4ebd",
  };

  test("signs the very bytes that it sends and gives the event's id", async () => {
    let sent = "";
    let signature: unknown;
    nock(listener)
      .post("/", (body: unknown) => {
        sent = JSON.stringify(body);
        return true;
      })
      .matchHeader("x-github-event", "okd-streams")
      .matchHeader("content-type", "application/json")
      .matchHeader("x-hub-signature-256", (value) => {
        signature = value;
        return true;
      })
      .reply(202, accepted);
    expect(await client.submit(payload)).toEqual({
      outcome: "taken",
      eventId: accepted.eventID,
    });
    const digest = createHmac("sha256", secret).update(sent).digest("hex");
    expect([signature].flat()).toEqual([`sha256=${digest}`]);
  });

  test.each([
    [400, "refused", "invalid", { errorMessage: "body is no JSON" }],
    [401, "refused", "refused", ""],
    [403, "refused", "refused", ""],
    [404, "refused", "invalid", "no such page"],
    [408, "unknown", "unavailable", ""],
    [425, "unsent", "unavailable", ""],
    [429, "unsent", "unavailable", ""],
    [500, "unknown", "unavailable", {}],
    [503, "unknown", "unavailable", "<html>"],
    [202, "unknown", "unavailable", "not JSON"],
    [202, "unknown", "unavailable", { eventID: "" }],
    [202, "unknown", "unavailable", { eventID: "a,b!=c" }],
  ])("reads %i as %s, %s", async (status, outcome, kind, body) => {
    nock(listener).post("/").reply(status, body);
    const result = await client.submit(payload);
    expect(result).toMatchObject({ outcome, problem: { kind, where: "cluster moc" } });
  });

  test.each([
    ["where nobody listens: it did not arrive", false, "unsent"],
    ["where the connection breaks: it may have arrived", true, "unknown"],
  ])("%s", async (_, isOpen, outcome) => {
    nock.enableNetConnect("127.0.0.1");
    const server = createServer((socket) => socket.once("data", () => socket.destroy()));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    if (!isOpen) await new Promise((closed) => server.close(closed));
    const direct = createClusterClient({
      name: "moc",
      listener: new URL(`http://127.0.0.1:${port}`),
      runNames: "fixed",
      secret,
      namespace: "n",
      kubernetes: { kubeconfig: kubeconfig(api) },
    });
    expect(await direct.submit(payload)).toMatchObject({ outcome });
    if (isOpen) await new Promise((closed) => server.close(closed));
    nock.disableNetConnect();
  });

  test("of a listener that checks no signature sends none", async () => {
    const theirs = createClusterClient({
      name: "okd",
      listener: new URL(listener),
      runNames: "generated",
      secret: undefined,
      namespace: "okd-coreos",
      kubernetes: { kubeconfig: kubeconfig(api) },
    });
    nock(listener, { badheaders: ["x-hub-signature-256"] })
      .post("/")
      .reply(202, accepted);
    expect(await theirs.submit(payload)).toMatchObject({ outcome: "taken" });
  });

  test("quotes no credentials of the listener's address", async () => {
    const inAddress = createClusterClient({
      name: "moc",
      listener: new URL("https://bot:hunter2@listener.test"),
      runNames: "fixed",
      secret,
      namespace: "okd-streams",
      kubernetes: { kubeconfig: kubeconfig(api) },
    });
    const submission = JSON.stringify(await inAddress.submit(payload));
    expect(submission).toContain("did not answer");
    expect(submission).not.toContain("hunter2");
  });

  test("quotes why the listener refused", async () => {
    nock(listener).post("/").reply(400, { errorMessage: "body is no JSON" });
    expect(await client.submit(payload)).toMatchObject({
      problem: { what: "Its EventListener answered 400: body is no JSON." },
    });
  });

  test("takes no answer, a broken connection and a redirection for an unknown end", async () => {
    nock(listener).post("/").delay(2000).reply(202, accepted);
    expect(await client.submit(payload)).toMatchObject({ outcome: "unknown" });
    nock.abortPendingRequests();
    nock(listener).post("/").replyWithError("connection reset");
    expect(await client.submit(payload)).toMatchObject({ outcome: "unknown" });
    nock(listener).post("/").reply(307, "", { location: "http://elsewhere.test/" });
    expect(await client.submit(payload)).toMatchObject({ outcome: "unknown" });
  });

  test("does not start without a secret", () => {
    const config = {
      name: "moc",
      namespace: "n",
      runNames: "fixed",
      kubernetes: { kubeconfig: kubeconfig(api) },
    } as const;
    expect(() =>
      createClusterClient({ ...config, listener: new URL(listener), secret: "" }),
    ).toThrow("anybody could start builds");
    expect(() =>
      createClusterClient({ ...config, listener: new URL(listener), secret: undefined }),
    ).toThrow("anybody could start builds");
  });

  test("says that a kubeconfig is no good", () => {
    const config = {
      name: "moc",
      namespace: "n",
      runNames: "fixed",
      kubernetes: { kubeconfig: "{}" },
    } as const;
    expect(() => createClusterClient({ ...config, listener: new URL(listener), secret })).toThrow(
      "Its kubeconfig cannot be used",
    );
  });
});

describe("reading nodes", () => {
  test("gives what each that takes pods offers", async () => {
    const node = (name: string, allocatable: object, spec = {}) => ({
      metadata: { name },
      spec,
      status: { allocatable },
    });
    nock(api)
      .get("/api/v1/nodes")
      .reply(200, {
        items: [
          node("large", { memory: "65536Mi", "devices.kubevirt.io/kvm": "1k" }),
          node("small", { memory: "1Gi", "devices.kubevirt.io/kvm": "0" }),
          node("drained", { memory: "999Gi" }, { unschedulable: true }),
          { metadata: { name: "new" } },
        ],
      });
    expect(await client.readNodes()).toEqual({
      ok: true,
      value: [
        { name: "large", memory: 64 * 2 ** 30, kvm: true },
        { name: "small", memory: 2 ** 30, kvm: false },
        { name: "new", memory: 0, kvm: false },
      ],
    });
  });

  test("is refused where the bot has no right to", async () => {
    nock(api).get("/api/v1/nodes").reply(403, { kind: "Status", message: "nodes is forbidden" });
    expect(await client.readNodes()).toMatchObject({
      ok: false,
      problem: { kind: "refused", what: "Kubernetes answered 403: nodes is forbidden." },
    });
  });
});

describe("reading a run", () => {
  const pipelineRun = {
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: {
      name: "edge-0123456789",
      namespace: "okd-streams",
      uid: "u-1",
      labels: { "streams.okd.io/run-id": runId.slice(0, 63) },
      annotations: { "streams.okd.io/run-id": runId },
    },
    spec: {
      pipelineRef: { name: "assemble" },
      params: [
        { name: "branch", value: "master" },
        { name: "packages", value: ["a", "b"] },
      ],
      taskRunTemplate: { serviceAccountName: "builder" },
      taskRunSpecs: [
        { pipelineTaskName: "say", serviceAccountName: "speaker" },
        { pipelineTaskName: "build", serviceAccountName: "builder" },
      ],
    },
    status: {
      conditions: [
        { type: "Succeeded", status: "False", reason: "Failed", message: "Tasks Completed: 2" },
      ],
      startTime: "2026-01-01T00:00:00Z",
      completionTime: "2026-01-01T00:01:00Z",
      results: [
        { name: "digest", value: "sha256:1" },
        { name: "list", value: ["a", "b"] },
      ],
      childReferences: [
        {
          apiVersion: "tekton.dev/v1",
          kind: "TaskRun",
          name: "t-build",
          pipelineTaskName: "build",
        },
        {
          apiVersion: "tekton.dev/v1",
          kind: "TaskRun",
          name: "t-fetch",
          pipelineTaskName: "fetch",
        },
        { apiVersion: "tekton.dev/v1", kind: "TaskRun", name: "t-say", pipelineTaskName: "say" },
      ],
      skippedTasks: [{ name: "publish", reason: "Parent Tasks were skipped" }],
      pipelineSpec: {
        tasks: [{ name: "fetch" }, { name: "build" }, { name: "publish" }, { name: "late" }],
        finally: [{ name: "say" }],
      },
    },
  };
  const taskRun = (name: string, status: object) => ({
    metadata: { name, uid: name, labels: { "tekton.dev/pipelineRun": "edge-0123456789" } },
    spec: {},
    status,
  });
  const taskRuns = {
    apiVersion: "tekton.dev/v1",
    kind: "TaskRunList",
    items: [
      taskRun("t-build", {
        podName: "t-build-pod",
        conditions: [
          { type: "Succeeded", status: "False", reason: "StepFailed", message: "exit code 3" },
        ],
        steps: [
          {
            name: "warn",
            container: "step-warn",
            terminationReason: "Continued",
            terminated: { exitCode: 9, reason: "Error" },
          },
          { name: "make", container: "step-make", terminated: { exitCode: 3, reason: "Error" } },
          {
            name: "after",
            terminationReason: "Skipped",
            terminated: { exitCode: 1, reason: "Error" },
          },
        ],
      }),
      taskRun("t-fetch", {
        conditions: [{ type: "Succeeded", status: "True", reason: "Succeeded" }],
        steps: [{ name: "clone", container: "step-clone", terminated: { exitCode: 0 } }],
      }),
    ],
  };
  const reply = (run: object, list: object = taskRuns) => {
    nock(api, { reqheaders: { authorization: "Bearer kubernetes-token" } })
      .get(`${runs}/edge-0123456789`)
      .reply(200, run)
      .get("/apis/tekton.dev/v1/namespaces/okd-streams/taskruns")
      .query({ labelSelector: "tekton.dev/pipelineRun=edge-0123456789" })
      .reply(200, list);
  };

  test("gives the run with its tasks in the order of the pipeline", async () => {
    reply(pipelineRun);
    const result = await client.readRun("edge-0123456789");
    expect(result).toEqual({
      ok: true,
      value: {
        name: "edge-0123456789",
        uid: "u-1",
        runId,
        phase: "failed",
        reason: "Failed",
        message: "Tasks Completed: 2",
        startedAt: "2026-01-01T00:00:00Z",
        finishedAt: "2026-01-01T00:01:00Z",
        results: { digest: "sha256:1", list: '["a","b"]' },
        tasks: [
          {
            name: "fetch",
            taskRun: "t-fetch",
            phase: "succeeded",
            reason: "Succeeded",
            message: "",
            steps: [{ name: "clone", container: "step-clone", exitCode: 0 }],
          },
          {
            name: "build",
            taskRun: "t-build",
            phase: "failed",
            reason: "StepFailed",
            message: "exit code 3",
            podName: "t-build-pod",
            failedStep: { name: "make", container: "step-make", exitCode: 3 },
            steps: [
              { name: "warn", container: "step-warn", exitCode: 9 },
              { name: "make", container: "step-make", exitCode: 3 },
              { name: "after", container: "step-after", exitCode: 1 },
            ],
          },
          { name: "publish", phase: "skipped", reason: "Parent Tasks were skipped", steps: [] },
          { name: "late", phase: "waiting", steps: [] },
          { name: "say", taskRun: "t-say", phase: "queued", steps: [] },
        ],
        asked: {
          serviceAccounts: ["builder", "speaker"],
          params: { branch: "master", packages: '["a","b"]' },
        },
      },
    });
  });

  test("reads a run that nobody has looked at yet, and knows which account it gets", async () => {
    reply({ ...pipelineRun, spec: {}, status: undefined }, { items: [] });
    expect(await client.readRun("edge-0123456789")).toMatchObject({
      value: { phase: "queued", reason: "", tasks: [], asked: { serviceAccounts: ["default"] } },
    });
  });

  test.each([
    ["another label", { labels: { "streams.okd.io/run-id": "f".repeat(63) } }],
    ["no label", { labels: undefined }],
    ["no annotation", { annotations: undefined }],
  ])("does not take a run with %s for ours", async (_, change) => {
    reply({ ...pipelineRun, metadata: { ...pipelineRun.metadata, ...change } });
    const result = await client.readRun("edge-0123456789");
    expect(result).toMatchObject({ ok: true, value: { name: "edge-0123456789" } });
    expect(result.ok && result.value?.runId).toBeUndefined();
  });

  describe("that an event made", () => {
    const eventId = "14a657c3-6816-45bf-b214-4afdaefc4ebd";
    const listing = (items: readonly object[]) =>
      nock(api)
        .get(runs)
        .query({ labelSelector: `triggers.tekton.dev/triggers-eventid=${eventId}` })
        .reply(200, { items });

    test("gives it under the name that the API server made up", async () => {
      const metadata = { name: "okd-coreos-4.19-prod-x7k2p", uid: "u-2" };
      listing([{ ...pipelineRun, metadata }]);
      nock(api)
        .get("/apis/tekton.dev/v1/namespaces/okd-streams/taskruns")
        .query({ labelSelector: `tekton.dev/pipelineRun=${metadata.name}` })
        .reply(200, taskRuns);
      expect(await client.findRun(eventId)).toMatchObject({
        ok: true,
        value: { name: metadata.name, phase: "failed" },
      });
    });

    test("gives nothing where none appeared yet", async () => {
      listing([]);
      expect(await client.findRun(eventId)).toEqual({ ok: true, value: undefined });
    });

    test("does not choose where it made several", async () => {
      listing(["a", "b"].map((name) => ({ ...pipelineRun, metadata: { name, uid: name } })));
      expect(await client.findRun(eventId)).toMatchObject({
        problem: { kind: "conflict", what: "One request made 2 PipelineRuns: a, b." },
      });
    });
  });

  test("gives nothing where there is no such run", async () => {
    nock(api).get(`${runs}/gone`).reply(404, { kind: "Status", message: "not found" });
    expect(await client.readRun("gone")).toEqual({ ok: true, value: undefined });
  });

  test.each([
    [401, "refused"],
    [403, "refused"],
    [429, "unavailable"],
    [500, "unavailable"],
  ])("reads %i as %s", async (status, kind) => {
    nock(api).get(`${runs}/x`).reply(status, { kind: "Status", message: "a reason" });
    expect(await client.readRun("x")).toMatchObject({ problem: { kind, where: "cluster moc" } });
  });

  test("quotes why it was refused", async () => {
    nock(api).get(`${runs}/x`).reply(403, { kind: "Status", message: "no list on taskruns" });
    expect(await client.readRun("x")).toMatchObject({
      problem: { what: "Kubernetes answered 403: no list on taskruns." },
    });
  });

  test("waits for no answer for ever", async () => {
    nock(api).get(`${runs}/x`).delay(2000).reply(200, pipelineRun);
    expect(await client.readRun("x")).toMatchObject({ problem: { kind: "unavailable" } });
    nock.abortPendingRequests();
  });

  test("says that an object has another shape", async () => {
    reply({ ...pipelineRun, status: { conditions: "none" } });
    expect(await client.readRun("edge-0123456789")).toMatchObject({
      problem: { kind: "unsupported" },
    });
  });
});

describe("a step's log", () => {
  const log = "/api/v1/namespaces/okd-streams/pods/pod/log";
  const query = { container: "step-make", tailLines: "20", limitBytes: String(256 * 1024) };

  test("gives its last lines", async () => {
    nock(api)
      .get(log)
      .query(query)
      .reply(200, "line 1\nline 2\n", { "content-type": "text/plain" });
    expect(await client.readLog("pod", "step-make", 20)).toEqual({
      ok: true,
      value: "line 1\nline 2\n",
    });
  });

  test.each([404, 400])("is empty where the pod answers %i", async (status) => {
    nock(api).get(log).query(query).reply(status, { kind: "Status", message: "waiting to start" });
    expect(await client.readLog("pod", "step-make", 20)).toEqual({ ok: true, value: "" });
  });

  test("is a problem where it cannot be had", async () => {
    nock(api).get(log).query(query).reply(403, { kind: "Status", message: "forbidden" });
    expect(await client.readLog("pod", "step-make", 20)).toMatchObject({
      problem: { kind: "refused" },
    });
  });
});

describe("cancelling a run", () => {
  test("asks Tekton to stop it and still run its finally tasks", async () => {
    nock(api)
      .patch(`${runs}/x`, { spec: { status: "CancelledRunFinally" } })
      .matchHeader("content-type", "application/merge-patch+json")
      .reply(200, {});
    expect(await client.cancelRun("x")).toEqual({ ok: true, value: undefined });
  });

  test("says that there is none", async () => {
    nock(api).patch(`${runs}/x`).reply(404, { kind: "Status", message: "not found" });
    expect(await client.cancelRun("x")).toMatchObject({ problem: { kind: "not-found" } });
  });
});
