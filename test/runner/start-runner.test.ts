import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  Watch,
} from "@kubernetes/client-node";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { cp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import * as z from "zod";
import { startRunner, type Runner } from "../../src/runner/start-runner.ts";
import { temporaryDirectory, until } from "./helpers.ts";

const secret = "a-secret-of-the-test";
const namespace = "builds";

const runSchema = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  status: z
    .object({
      conditions: z.array(
        z.object({ status: z.string(), reason: z.string(), message: z.string() }),
      ),
      results: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
      childReferences: z
        .array(z.object({ name: z.string(), pipelineTaskName: z.string() }))
        .default([]),
    })
    .optional(),
});

function git(directory: string, ...args: string[]): string {
  return execFileSync("git", args, {
    cwd: directory,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"] ?? "",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_AUTHOR_NAME: "a",
      GIT_AUTHOR_EMAIL: "a@example.org",
      GIT_COMMITTER_NAME: "a",
      GIT_COMMITTER_EMAIL: "a@example.org",
    },
  }).trim();
}

describe("the local runner behind its wire contracts", () => {
  let directory: string;
  let runner: Runner;
  let url: string;
  let commit: string;
  let objects: CustomObjectsApi;
  let pods: CoreV1Api;
  let kubeConfig: KubeConfig;
  let sink: Server;
  const events: { type: string; subject: string; body: string }[] = [];
  let refusals = 2;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    const repository = join(directory, "streams");
    await cp("tekton", join(repository, "tekton"), { recursive: true });
    git(repository, "init", "-q", "-b", "main");
    git(repository, "add", ".");
    git(repository, "commit", "-q", "-m", "start");
    commit = git(repository, "rev-parse", "HEAD");
    url = `file://${repository}`;
    sink = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        refusals -= 1;
        response.writeHead(refusals >= 0 ? 503 : 202).end();
        if (refusals >= 0) return;
        const { "ce-type": type, "ce-subject": subject } = request.headers;
        events.push({
          type: String(type),
          subject: String(subject),
          body: Buffer.concat(chunks).toString(),
        });
      });
    }).listen(0, "127.0.0.1");
    await once(sink, "listening");
    const address = sink.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    runner = await startRunner({
      stateDirectory: join(directory, "state"),
      manifests: readdirSync("tekton/triggers").map((name) => join("tekton/triggers", name)),
      secrets: { "okd-streams-webhook": { secret } },
      namespace,
      gitAllowlist: [`file://${directory}/`],
      cloudEventsSink: `http://127.0.0.1:${port}/`,
      isolation: "auto",
    });
    kubeConfig = new KubeConfig();
    kubeConfig.loadFromString(runner.kubeconfig());
    objects = kubeConfig.makeApiClient(CustomObjectsApi);
    pods = kubeConfig.makeApiClient(CoreV1Api);
  });
  afterAll(async () => {
    await runner.close();
    sink.close();
    await rm(directory, { recursive: true, force: true });
  });

  const payload = (
    name: string,
    changes: Record<string, unknown> = {},
  ): Record<string, unknown> => ({
    run: { id: "ab".repeat(32), name, kind: "build", attempt: "1" },
    repository: { id: "1", fullName: "okd/streams", url },
    stream: "edge",
    subject: "edge",
    commit,
    pipeline: {
      name: "build-oci-image",
      url,
      revision: commit,
      path: "tekton/pipelines/build-oci-image.yaml",
    },
    params: {
      "repository-url": url,
      revision: commit,
      "image-repository": "registry.example/okd/edge",
      version: "4.19",
      variant: "edge",
      packages: "podman",
    },
    workspaces: { registry: "okd-streams-registry" },
    workspaceKinds: "registry=persistentVolumeClaim",
    timeouts: { pipeline: "10m", tasks: "9m", finally: "1m" },
    ...changes,
  });

  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${runner.listenerUrl}/anything?at=all`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
        ...headers,
      },
      body,
    });

  const request = (name: string) => ({
    group: "tekton.dev",
    version: "v1",
    namespace,
    plural: "pipelineruns",
    name,
  });
  const read = async (name: string): Promise<z.output<typeof runSchema>> =>
    runSchema.parse(await objects.getNamespacedCustomObject(request(name)));
  const exists = (name: string): Promise<boolean> =>
    read(name).then(
      () => true,
      () => false,
    );
  const listenerLog = (): string => readFileSync(join(directory, "state", "listener.log"), "utf8");

  test("a signed event becomes a run with the pipeline of its commit, read through Kubernetes' own client", async () => {
    const answer = await post(JSON.stringify(payload("edge-0001")));
    expect(answer.status).toBe(202);
    const { eventID } = z.object({ eventID: z.string() }).parse(await answer.json());
    await until(() => exists("edge-0001"));
    await runner.engine.finished("edge-0001");
    const run = await read("edge-0001");
    expect(run.status?.conditions).toMatchObject([{ status: "True", reason: "Succeeded" }]);
    expect(run.metadata.labels).toMatchObject({
      "streams.okd.io/run-id": "ab".repeat(32).slice(0, 63),
      "streams.okd.io/stream": "edge",
      "streams.okd.io/kind": "build",
      "triggers.tekton.dev/triggers-eventid": eventID,
      "triggers.tekton.dev/trigger": "build-oci-image",
    });
    expect(run.metadata.annotations["streams.okd.io/run-id"]).toBe("ab".repeat(32));
    expect(run.status?.results.map(({ name }) => name)).toEqual(["image-digest", "pull-spec"]);

    const list = z
      .object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) })
      .parse(
        await objects.listNamespacedCustomObject({
          ...request(""),
          plural: "taskruns",
          labelSelector: "tekton.dev/pipelineRun=edge-0001,tekton.dev/pipelineTask=assemble-image",
        }),
      );
    expect(list.items.map(({ metadata }) => metadata.name)).toEqual(["edge-0001-assemble-image"]);
    const pod = await pods.readNamespacedPod({ name: "edge-0001-assemble-image-pod", namespace });
    expect(pod.status?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(0);
    const log = await pods.readNamespacedPodLog({
      name: "edge-0001-assemble-image-pod",
      namespace,
      container: "step-assemble",
      tailLines: 1,
    });
    expect(log).toMatch(/^image registry\.example\/okd\/edge@sha256:[0-9a-f]{64}\n$/);
  });

  test("the same request again makes no second run", async () => {
    await until(() => exists("edge-0001"));
    const before = await read("edge-0001");
    const answer = await post(JSON.stringify(payload("edge-0001")));
    expect(answer.status).toBe(202);
    await until(() => listenerLog().includes('pipelineruns.tekton.dev "edge-0001" already exists'));
    expect((await read("edge-0001")).metadata).toEqual(before.metadata);
  });

  test.each([
    ["no signature", { "x-hub-signature-256": "" }],
    ["another signature", { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
  ])("an event with %s is answered 202 and starts nothing", async (what, headers) => {
    const name = `not-${what.replaceAll(" ", "-")}`;
    const answer = await post(JSON.stringify(payload(name)), headers);
    const { eventID } = z.object({ eventID: z.string() }).parse(await answer.json());
    expect(answer.status).toBe(202);
    await until(() => listenerLog().includes(`event ${eventID} trigger publish-oci-image`));
    expect(await exists(name)).toBe(false);
  });

  test.each(["[]", "{", "null", '"text"', "\u0000"])(
    "the body %j is answered 400",
    async (body) => {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ eventListener: "okd-streams", namespace });
    },
  );

  test("a body over a megabyte is refused, and /live says that the listener is there", async () => {
    expect((await post(JSON.stringify({ much: "x".repeat(1024 * 1024) }))).status).toBe(413);
    expect((await fetch(`${runner.listenerUrl}/live`)).status).toBe(200);
  });

  test("a missing parameter loses the event, and the log says which", async () => {
    await post(JSON.stringify(payload("edge-missing", { params: { version: "4.19" } })));
    await until(() =>
      listenerLog().includes('no value for the template\'s param "param-repository-url"'),
    );
    expect(await exists("edge-missing")).toBe(false);
  });

  test("a value with $( is carried as it is and read as no variable", async () => {
    const values = payload("edge-dollar")["params"];
    const params = {
      ...z.record(z.string(), z.string()).parse(values),
      variant: "$(params.version)",
    };
    await post(JSON.stringify(payload("edge-dollar", { params })));
    await until(() => exists("edge-dollar"));
    await runner.engine.finished("edge-dollar");
    const log = await runner.engine.readLog("edge-dollar-check-inputs-pod", "step-check");
    expect(log).toContain("variant '$(params.version)' may have");
  });

  test("Kubernetes' refusals are Status objects", async () => {
    const get = (path: string, headers = {}): Promise<Response> =>
      fetch(`${runner.kubernetesUrl}${path}`, { headers });
    const runs = `/apis/tekton.dev/v1/namespaces/${namespace}/pipelineruns`;
    expect((await get(runs)).status).toBe(401);
    expect((await get(runs, { authorization: "Bearer wrong" })).status).toBe(401);
    await expect(objects.getNamespacedCustomObject(request("none"))).rejects.toMatchObject({
      code: 404,
    });
    const object = {
      apiVersion: "tekton.dev/v1",
      kind: "PipelineRun",
      metadata: { name: "edge-0001" },
    };
    const spec = { pipelineRef: { name: "x" } };
    await expect(
      objects.createNamespacedCustomObject({ ...request(""), body: { ...object, spec } }),
    ).rejects.toMatchObject({ code: 409 });
    await expect(
      objects.createNamespacedCustomObject({
        ...request(""),
        body: { ...object, spec: { taks: 1 } },
      }),
    ).rejects.toMatchObject({ code: 422 });
    await expect(
      pods.readNamespacedPodLog({ name: "..%2f..", namespace, container: "step-x" }),
    ).rejects.toMatchObject({ code: 404 });
  });

  test("a run is watched, cancelled by a merge patch, and its finally tasks still run", async () => {
    const seen: string[] = [];
    const watch = await new Watch(kubeConfig).watch(
      `/apis/tekton.dev/v1/namespaces/${namespace}/pipelineruns`,
      { labelSelector: "story=cancel" },
      (phase, object: unknown) => {
        const [condition] = runSchema.parse(object).status?.conditions ?? [];
        seen.push(`${phase} ${condition?.reason ?? ""}`);
      },
      () => undefined,
    );
    const step = (script: string) => ({ taskSpec: { steps: [{ name: "s", script }] } });
    await objects.createNamespacedCustomObject({
      ...request(""),
      body: {
        apiVersion: "tekton.dev/v1",
        kind: "PipelineRun",
        metadata: { name: "slow", labels: { story: "cancel" } },
        spec: {
          pipelineSpec: {
            tasks: [{ name: "wait", ...step("echo begun\nsleep 600") }],
            finally: [{ name: "tidy", ...step("echo tidied") }],
          },
        },
      },
    });
    await until(async () => (await runner.engine.readLog("slow-wait-pod", "step-s")) === "begun\n");
    await objects.patchNamespacedCustomObject(
      { ...request("slow"), body: { spec: { status: "CancelledRunFinally" } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
    await runner.engine.finished("slow");
    expect((await read("slow")).status?.conditions[0]).toMatchObject({
      status: "False",
      reason: "Cancelled",
    });
    expect(await runner.engine.readLog("slow-tidy-pod", "step-s")).toBe("tidied\n");
    await until(() => seen.includes("MODIFIED Cancelled"));
    expect(seen).toContain("MODIFIED Running");
    await objects.deleteNamespacedCustomObject(request("slow"));
    await until(() => seen.at(-1)?.startsWith("DELETED") === true);
    expect(await exists("slow")).toBe(false);
    watch.abort();
  });

  test("the sink hears of each run in CloudEvents, through its 503 answers too", async () => {
    await until(() =>
      events.some(
        ({ type, subject }) =>
          type === "dev.tekton.event.pipelinerun.successful.v1" && subject === "edge-0001",
      ),
    );
    const success = events.find(
      ({ type }) => type === "dev.tekton.event.pipelinerun.successful.v1",
    );
    const body = z
      .object({
        pipelineRun: z.object({ status: z.object({ pipelineResults: z.array(z.unknown()) }) }),
      })
      .parse(JSON.parse(success?.body ?? "{}"));
    expect(body.pipelineRun.status.pipelineResults).toHaveLength(2);
    expect(refusals).toBeLessThan(0);
    expect(await readFile(join(directory, "state", "listener.log"), "utf8")).not.toContain(secret);
  });
});
