import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { clusterNodes } from "../../../src/bot/clusters/cluster-nodes.ts";
import { pullRequestHead } from "../../../src/bot/reviews/pull-request-head.ts";
import { reviewPullRequest } from "../../../src/bot/reviews/review-pull-request.ts";
import { clientFor } from "../../../src/bot/report.ts";
import { getPullRequest } from "../../../src/github/pull-requests.ts";
import { ok } from "../../../src/problem.ts";
import { changed, edgePath } from "../../fixtures/bot/streams-repository.ts";
import { broken, succeeded } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

const small = { name: "small", memory: 8 * 2 ** 30, kvm: false };
const large = { name: "large", memory: 64 * 2 ** 30, kvm: true };
const needy = changed(
  edgePath,
  "    params:\n      branch: master\n",
  "    params:\n      branch: other\n    needs: { kvm: true, memory: 16Gi }\n",
);

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.end());

describe("a pull request whose build needs a machine", () => {
  async function reviewed(): Promise<string> {
    await world.sync();
    world.git.git("checkout", "--quiet", "-b", "topic", "main");
    world.push(edgePath, needy);
    world.git.git("checkout", "--quiet", "main");
    const { number } = world.gitHub.addPull({ ref: "topic", fork: false });
    const repository = await world.repository();
    const pull = await getPullRequest(clientFor(world.bot, repository), number);
    await reviewPullRequest(world.bot, repository, pullRequestHead(repository, pull));
    return world.gitHub.said(number);
  }
  const title = () =>
    world.gitHub.checks.findLast(({ name }) => name.endsWith("/ plan"))?.output.title;

  test("is told which one its cluster does not have, and passes", async () => {
    world.cluster.nodes = ok([small]);
    const said = await reviewed();
    expect(said).toContain("✅ Valid");
    expect(said).toContain("⚠️ Machines that are missing");
    expect(said).toContain(
      "No node of cluster `laptop` offers /dev/kvm (`devices.kubevirt.io/kvm`), and none offers 16Gi of memory (the largest has 8Gi).",
    );
    expect(said).toContain("Needed by `edge`");
    expect(title()).toBe("The merge builds 1 stream, and machines are missing");
  });

  test("is told nothing where a node has it", async () => {
    world.cluster.nodes = ok([small, large]);
    expect(await reviewed()).not.toContain("achines");
    expect(title()).toBe("The merge builds 1 stream");
  });

  test("is told where the bot may not look, and passes", async () => {
    const said = await reviewed();
    expect(said).toContain("Machines that were not verified");
    expect(said).toContain("Cluster `laptop`: `Kubernetes answered 403: nodes is forbidden.`");
    expect(said).toContain("✅ Valid");
  });
});

describe("a build that needs a machine", () => {
  const check = () =>
    String(
      world.gitHub.checks.findLast(({ name }) => name.endsWith("build (edge)"))?.output.summary,
    );
  const merge = async () => {
    await world.merge(edgePath, needy);
    await world.work();
  };
  const warning = "No node of cluster `laptop` offers /dev/kvm";

  test("is asked for all the same, and its check says before it starts what is missing", async () => {
    world.cluster.nodes = ok([small]);
    await merge();
    expect(world.cluster.submitted).toHaveLength(1);
    expect(check()).toContain(warning);
  });

  test("says so while it waits for its turn", async () => {
    world.cluster.nodes = ok([small]);
    world.limits.runs = 0;
    await merge();
    expect(world.cluster.submitted).toEqual([]);
    expect(check()).toContain("Waits for its turn");
    expect(check()).toContain(warning);
  });

  test("says so, with what Kubernetes says, while its pods wait, and no more when they run", async () => {
    world.cluster.nodes = ok([small]);
    await merge();
    const message =
      'pod status "PodScheduled":"False"; message: "0/3 nodes are available: node(s) had untolerated taints."';
    const task = { name: "assemble", phase: "running", reason: "Pending", message } as const;
    const step = { name: "clone", container: "step-clone", exitCode: 0 };
    const done = { name: "fetch", phase: "succeeded", reason: "Succeeded", steps: [step] } as const;
    await world.show({ tasks: [done, { ...task, steps: [] }] });
    expect(check()).toContain(`Task assemble waits for a machine: ${message}`);
    expect(check()).toContain(warning);
    const quota = { ...task, reason: "ExceededResourceQuota", message: "exceeded quota: builds" };
    await world.show({ tasks: [done, { ...quota, steps: [] }] });
    expect(check()).toContain("Task assemble waits for a machine: exceeded quota: builds");
    const soon = 'pod status "Initialized":"False"; message: "containers with incomplete status"';
    await world.show({ tasks: [done, { ...task, message: soon, steps: [] }] });
    expect(check()).not.toContain("waits for a machine");
    await world.show({
      tasks: [{ name: "assemble", phase: "running", reason: "Running", steps: [] }],
    });
    expect(check()).not.toContain("No node");
    expect(check()).not.toContain("waits for a machine");
  });

  test("that timed out over that says why", async () => {
    world.cluster.nodes = ok([small]);
    await merge();
    await world.show({ ...broken, phase: "timed-out", message: "It took longer than 1h." });
    expect(check()).toContain("It took longer than 1h.");
    expect(check()).toContain(warning);
  });

  test("says nothing of nodes that nobody may look at, nor once it succeeded", async () => {
    await merge();
    expect(check()).not.toContain("No node");
    world.cluster.nodes = ok([small]);
    clusterNodes.forget(world.cluster);
    await world.show(succeeded);
    expect(check()).not.toContain("No node");
  });

  test("keeps what it needs for its next attempt", async () => {
    world.cluster.nodes = ok([small]);
    world.gitHub.roles.set("ada", "write");
    await merge();
    await world.show(broken);
    await world.say("ada", 7, "/retry");
    await world.work();
    expect((await world.newestRun()).request.needs).toEqual({ kvm: true, memory: "16Gi" });
    expect(check()).toContain(warning);
  });
});
