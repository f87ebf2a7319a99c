import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ClusterClient } from "../../../src/cluster/types.ts";
import { clusterTriggers } from "../../../src/bot/clusters/cluster-triggers.ts";
import { pullRequestHead } from "../../../src/bot/reviews/pull-request-head.ts";
import { reviewPullRequest } from "../../../src/bot/reviews/review-pull-request.ts";
import { clientFor } from "../../../src/bot/report.ts";
import { getPullRequest } from "../../../src/github/pull-requests.ts";
import { ok } from "../../../src/problem.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";
import { changed, edgePath } from "../../fixtures/bot/streams-repository.ts";
import { triggersText } from "../../streams/plan/triggers-fixture.ts";
import { createFakeCluster } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

const documentsOf = (text: string) => ok(parseYaml("cluster", text).documents);
const forAll = "true || body.pipeline.name == ''";
const whole = triggersText({
  filter: forAll,
  params: ["branch", "digest"],
  optional: ["branch", "digest"],
});

describe("a review", () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    await world.sync();
  });
  afterEach(() => world.end());

  /** What the comment of a pull request says that changes the stream like this. */
  async function reviewed(from: string, to: string): Promise<string> {
    const ref = `topic-${world.gitHub.pulls.length}`;
    world.git.git("checkout", "--quiet", "-b", ref, "main");
    world.git.write(edgePath, changed(edgePath, from, to));
    world.git.commit("Propose");
    world.git.git("checkout", "--quiet", "main");
    const { number } = world.gitHub.addPull({ ref, fork: false });
    const repository = await world.repository();
    const pull = await getPullRequest(clientFor(world.bot, repository), number);
    await reviewPullRequest(world.bot, repository, pullRequestHead(repository, pull));
    return world.gitHub.said(number);
  }

  test("names the pipelines that the cluster has no trigger for, and asks again after that", async () => {
    world.cluster.triggers = documentsOf(whole.replace(forAll, "body.pipeline.name == 'build'"));
    const first = await reviewed("branch: master", "branch: one");
    expect(first).toContain("Cluster `laptop` has no trigger for the pipeline `verify`");
    expect(first).toContain("Needed by `edge`");
    expect(first).toContain("-      value: master\n+      value: one");
    world.cluster.triggers = documentsOf(whole);
    expect(await reviewed("branch: master", "branch: two")).not.toContain("riggers");
  });

  test("says what it could not verify, and passes", async () => {
    const said = await reviewed("branch: master", "branch: one");
    expect(said).toContain("✅ Valid");
    expect(said).toContain("Cluster `laptop`: `Kubernetes answered 403.`");
  });

  test("says that a cluster is not there for the repository", async () => {
    const said = await reviewed("cluster: laptop", "cluster: moon");
    expect(said).toContain("Cluster `moon` cannot be used: This bot knows no cluster `moon`.");
  });
});

describe("the triggers of a cluster", () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes));
  function asking(answer: ClusterClient["readTriggers"]) {
    let asked = 0;
    const client: ClusterClient = {
      ...createFakeCluster(),
      readTriggers: () => {
        asked += 1;
        return answer();
      },
    };
    return { client, asked: () => asked };
  }

  test("are asked for once in some minutes, and anew when they are forgotten", async () => {
    const { client, asked } = asking(() => Promise.resolve(documentsOf(whole)));
    for (const minute of [0, 1, 4]) {
      expect(await clusterTriggers.ask(client, at(minute))).toMatchObject({ ok: true });
    }
    expect(asked()).toBe(1);
    await clusterTriggers.ask(client, at(6));
    expect(asked()).toBe(2);
    clusterTriggers.forget(client);
    await clusterTriggers.ask(client, at(6));
    expect(asked()).toBe(3);
  });

  test("are not waited for long, and are there for the next review", async () => {
    let answer = (): void => undefined;
    const late = new Promise<void>((resolve) => (answer = resolve));
    const { client, asked } = asking(() => late.then(() => documentsOf(whole)));
    expect(await clusterTriggers.ask(client, at(0), 20)).toMatchObject({
      ok: false,
      problem: { kind: "unavailable" },
    });
    answer();
    expect(await clusterTriggers.ask(client, at(1))).toMatchObject({ ok: true });
    expect(asked()).toBe(1);
  });

  test("are unknown where the namespace has no listener, which is asked for again soon", async () => {
    const { client, asked } = asking(() => Promise.resolve(ok([])));
    expect(await clusterTriggers.ask(client, at(0))).toMatchObject({
      problem: { kind: "not-found" },
    });
    await clusterTriggers.ask(client, at(1));
    expect(asked()).toBe(2);
  });
});
