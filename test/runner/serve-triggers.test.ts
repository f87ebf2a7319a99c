import { expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createClusterClient } from "../../src/cluster/create-cluster-client.ts";
import { unwrap } from "../../src/problem.ts";
import { startRunner } from "../../src/runner/start-runner.ts";
import { triggersIn } from "../../src/streams/plan/repository-triggers.ts";
import { temporaryDirectory } from "./helpers.ts";

test("the bot reads the triggers that the runner listens with and the machine it runs on, and nobody without the token", async () => {
  const stateDirectory = await temporaryDirectory();
  const runner = await startRunner({
    stateDirectory,
    manifests: readdirSync("tekton/triggers").map((name) => join("tekton/triggers", name)),
    secrets: {},
    namespace: "builds",
    gitAllowlist: [],
    isolation: "process",
  });
  try {
    const clientOf = (namespace: string) =>
      createClusterClient({
        name: "laptop",
        listener: new URL(runner.listenerUrl),
        secret: "a secret",
        namespace,
        kubernetes: { kubeconfig: runner.kubeconfig() },
      });
    const read = await clientOf("builds").readTriggers();
    const triggers = triggersIn(read.ok ? read.value : []);
    expect(triggers.length).toBeGreaterThan(0);
    for (const { isComplete, template } of triggers) {
      expect({ isComplete, hasTemplate: template !== undefined }).toEqual({
        isComplete: true,
        hasTemplate: true,
      });
    }
    expect(await clientOf("others").readTriggers()).toEqual({ ok: true, value: [] });
    const url = `${runner.kubernetesUrl}/apis/triggers.tekton.dev/v1beta1/namespaces/builds/triggers`;
    expect((await fetch(url)).status).toBe(401);
    const [node, ...others] = unwrap(await clientOf("builds").readNodes());
    expect(others).toEqual([]);
    expect(node?.memory).toBeGreaterThan(2 ** 28);
    expect((await fetch(`${runner.kubernetesUrl}/api/v1/nodes`)).status).toBe(401);
  } finally {
    await runner.close();
    await rm(stateDirectory, { recursive: true, force: true });
  }
});
