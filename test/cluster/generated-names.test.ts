import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClusterClient } from "../../src/cluster/create-cluster-client.ts";
import type { ClusterClient, ObservedRun, RunPayload } from "../../src/cluster/types.ts";
import { unwrap } from "../../src/problem.ts";
import { startRunner, type Runner } from "../../src/runner/start-runner.ts";
import { until } from "../runner/helpers.ts";

/** Shaped as OKD's own: no interceptor, params of the body, a generated name, tekton.dev/v1beta1. */
const theirs = `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata:
  name: okd-coreos-prod
spec:
  serviceAccountName: pipeline
  triggers:
    - name: okd-coreos-prod-trigger
      bindings:
        - ref: okd-coreos-prod
      template:
        ref: okd-coreos-prod
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata:
  name: okd-coreos-prod
spec:
  params:
    - name: version
      value: $(body.params.version)
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata:
  name: okd-coreos-prod
spec:
  params:
    - name: version
      default: "4.13"
    - name: variant
      default: okd-c9s
  resourcetemplates:
    - apiVersion: tekton.dev/v1beta1
      kind: PipelineRun
      metadata:
        generateName: okd-coreos-$(tt.params.version)-prod-
      spec:
        serviceAccountName: pipeline
        params:
          - name: version
            value: $(tt.params.version)
        pipelineRef:
          name: okd-coreos
        timeouts:
          pipeline: 4h0m0s
---
apiVersion: tekton.dev/v1beta1
kind: Pipeline
metadata:
  name: okd-coreos
spec:
  params:
    - name: version
      type: string
  tasks:
    - name: build
      params:
        - name: version
          value: $(params.version)
      taskSpec:
        params:
          - name: version
            type: string
        steps:
          - name: say
            image: busybox:1.36
            script: echo building $(params.version)
`;

const payload: RunPayload = {
  run: { id: "0a".repeat(32), name: "scos-coreos-4-19-0a0a0a0a0a", kind: "build", attempt: "1" },
  repository: { id: "1", fullName: "okd/streams", url: "https://github.test/okd/streams.git" },
  stream: "scos-coreos-4-19",
  subject: "scos-coreos-4-19",
  commit: "a".repeat(40),
  pipeline: { name: "okd-coreos", url: "", revision: "", path: "" },
  params: { version: "4.19" },
  workspaces: {},
  workspaceKinds: "",
  timeouts: { pipeline: "4h0m0s", tasks: "3h50m0s", finally: "10m0s" },
};

describe("a listener as OKD has it", () => {
  let directory: string;
  let runner: Runner;
  let client: ClusterClient;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "generated-"));
    writeFileSync(join(directory, "listener.yaml"), theirs);
    runner = await startRunner({
      stateDirectory: join(directory, "state"),
      manifests: [join(directory, "listener.yaml")],
      namespace: "okd-coreos",
      isolation: "process",
    });
    client = createClusterClient({
      name: "moc-coreos",
      listener: new URL(runner.listenerUrl),
      runNames: "generated",
      secret: undefined,
      namespace: "okd-coreos",
      kubernetes: { kubeconfig: runner.kubeconfig() },
    });
  });
  afterAll(async () => {
    await runner.close();
    rmSync(directory, { recursive: true });
  });

  test("takes the bot's request as it stands; its run is found by the event, and followed to its log", async () => {
    const sent = await client.submit(payload);
    if (sent.outcome !== "taken") throw new Error(sent.problem.what);
    let found: ObservedRun | undefined;
    await until(async () => {
      found = unwrap(await client.findRun(sent.eventId));
      return found?.phase === "succeeded";
    });
    expect(found?.name).toMatch(/^okd-coreos-4\.19-prod-[a-z0-9]{5}$/);
    expect(found).not.toHaveProperty("runId");
    const pod = found?.tasks[0]?.podName ?? "";
    expect(unwrap(await client.readLog(pod, "step-say", 5))).toContain("building 4.19");
  });

  test("makes a second run of a second request, which is why the bot sends none", async () => {
    const events = [await client.submit(payload), await client.submit(payload)];
    const names = new Set<string>();
    for (const sent of events) {
      if (sent.outcome !== "taken") throw new Error(sent.problem.what);
      await until(async () => {
        const found = unwrap(await client.findRun(sent.eventId));
        if (found !== undefined) names.add(found.name);
        return found !== undefined;
      });
    }
    expect(names.size).toBe(2);
  });

  test("has no run of an event that it never took", async () => {
    expect(unwrap(await client.findRun("00000000-0000-0000-0000-000000000000"))).toBeUndefined();
  });
});
