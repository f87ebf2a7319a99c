import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import * as z from "zod";
import { readWorkingTree } from "../../../src/cli/read-working-tree.ts";
import { renderManifests } from "../../../src/cluster/manifests/render-manifests.ts";
import type { BuildCluster, BuildClusterOptions } from "../../../src/demo/build-cluster.ts";
import { trialsPlace } from "../../../src/demo/start-world.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { startRunner } from "../../../src/runner/start-runner.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";

const token = "of-the-trials-alone-0123456789abcdef";

/** A runner of its own behind the manifests that `okd-streams tekton manifests --trials` makes. */
export async function startTrials(options: BuildClusterOptions): Promise<BuildCluster> {
  const folder = join(options.directory, "manifests");
  mkdirSync(folder, { recursive: true });
  const repository = validateRepository(readWorkingTree(packageRoot), { now: new Date() });
  const made = renderManifests(
    repository,
    { ...trialsPlace, listener: "okd-streams", cluster: "laptop", trials: true },
    [],
  );
  expect(made.problems).toEqual([]);
  const files = made.files.filter(({ name }) => name !== "kustomization.yaml");
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const stateDirectory = join(options.directory, "tekton");
  const trials = await startRunner({
    stateDirectory,
    manifests: [
      ...files.map(({ name }) => join(folder, name)),
      join(packageRoot, "tekton/triggers/registry-volume.yaml"),
    ],
    secrets: { "okd-streams-webhook": { secret: options.listenerSecret } },
    namespace: options.namespace,
    gitAllowlist: [options.gitUrl],
    cloudEventsSink: options.cloudEventsSink,
    isolation: "auto",
    token,
  });
  const registry = join(stateDirectory, "volumes", "okd-streams-registry");
  return { ...trials, token, registry };
}

const trialSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.looseObject({ status: z.string().optional() }),
});

/** The PipelineRuns of the trials' namespace, as its Kubernetes API lists them. */
export async function trialRuns(
  trials: Pick<BuildCluster, "kubernetesUrl" | "token">,
): Promise<readonly z.output<typeof trialSchema>[]> {
  const url = `${trials.kubernetesUrl}/apis/tekton.dev/v1/namespaces/${trialsPlace.namespace}/pipelineruns`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${trials.token}` } });
  return z.object({ items: z.array(trialSchema) }).parse(await answer.json()).items;
}
