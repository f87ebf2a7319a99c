import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openKubernetes } from "../../src/cluster/kubernetes-access.ts";
import { watchRuns } from "../../src/cluster/watch-runs.ts";
import { observe } from "../../src/demo/story/observe.ts";
import { startApiProxy } from "./support/api-proxy.ts";
import { openProbeStage, type MergedProbe, type ProbeStage } from "./support/probe-stage.ts";
import { hostForPods } from "./support/reach.ts";
import { kubectl } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespace = "okd-streams";

let probes: ProbeStage;

const host = await hostForPods();
const suite = host === "" ? describe.skip : describe;

beforeAll(async () => {
  if (host !== "") probes = await openProbeStage(host);
}, 5 * minute);
afterAll(async () => {
  if (host !== "") await probes.close();
}, minute);

suite("a run that is deleted before its end", () => {
  test(
    "is told as lost, and its retry is built",
    async () => {
      const { lost, name } = await hangs("deleted-1");
      await kubectl(["delete", "pipelinerun", name, "-n", namespace]);
      await isTold(lost, name);
    },
    3 * minute,
  );

  test(
    "while the bot's connections to the API server are cut is told as lost as well, and the watch comes back",
    async () => {
      const { lost, name } = await hangs("deleted-2");
      const watched = watchesSoFar();
      probes.api.cut();
      await kubectl(["delete", "pipelinerun", name, "-n", namespace]);
      probes.api.restore();
      await observe("the watch is back", () =>
        Promise.resolve(watchesSoFar() > watched ? true : undefined),
      );
      await isTold(lost, name);
    },
    3 * minute,
  );

  async function hangs(branch: string) {
    const lost = await probes.mergeHanging(branch);
    return { lost, name: (await probes.newestRun()).metadata.name };
  }

  async function isTold(lost: MergedProbe, name: string): Promise<void> {
    const { output } = await probes.concludes(lost, "failure");
    expect(output.summary).toContain(
      `PipelineRun ${name} was deleted on cluster laptop before its end was seen.`,
    );
    probes.outcomes.next("succeed");
    await probes.stage.people.maya.comment(lost.pull, "/retry");
    await probes.concludes(lost, "success");
  }

  /** How often the bot said that it watches. */
  function watchesSoFar(): number {
    const log = readFileSync(join(probes.stage.world.directory, "bot.log"), "utf8");
    return log.split("the cluster's runs are watched").length - 1;
  }
});

suite("a watch from a point that the API server has forgotten", () => {
  test(
    "begins anew with a listing, and hears what comes later",
    async () => {
      const heard: string[] = [];
      const lives: boolean[] = [];
      const api = await startApiProxy(probes.api.directKubeconfig);
      const watch = watchRuns(
        openKubernetes("laptop", { kubeconfig: api.kubeconfig }, 10_000),
        { namespace, runNames: "fixed", watchMs: 1000 },
        { hear: ({ name }) => heard.push(name), live: (isLive) => lives.push(isLive) },
      );
      try {
        api.ageNextWatch();
        const [answer] = await observe(
          "an answer to the aged watch",
          () => Promise.resolve(api.aged),
          ({ length }) => length > 0,
        );
        expect(answer).toContain('"code":410');
        await kubectl(["create", "-f", "-"], pendingRun("after-410"));
        await observe("the new run", () =>
          Promise.resolve(heard.includes("after-410") ? true : undefined),
        );
        expect(lives).not.toContain(false);
      } finally {
        await watch.stop();
        await api.close();
        await kubectl([
          "delete",
          "pipelinerun",
          "after-410",
          "-n",
          namespace,
          "--ignore-not-found",
        ]);
      }
    },
    minute,
  );
});

/** A run that Tekton leaves alone, with the label that is watched. */
function pendingRun(name: string): string {
  const steps = [{ image: "busybox", script: "true" }];
  return JSON.stringify({
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: { name, namespace, labels: { "streams.okd.io/run-id": "0a" } },
    spec: {
      status: "PipelineRunPending",
      pipelineSpec: { tasks: [{ name: "task", taskSpec: { steps } }] },
    },
  });
}
