import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { takeHint } from "../../../src/bot/runs/take-hint.ts";
import { failed, ok, type Result } from "../../../src/problem.ts";
import { listReleases } from "../../../src/store/releases.ts";
import { getRun, updateRun } from "../../../src/store/runs.ts";
import { changed, edgePath } from "../../fixtures/bot/streams-repository.ts";
import { repository as address } from "../../fixtures/github/answers.ts";
import { broken, image, observed, succeeded, unavailable } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
let commit: string;
beforeEach(async () => {
  world = await createWorld();
  commit = await world.merge(edgePath, changed(edgePath, "branch: master", "branch: other"));
});
afterEach(() => world.end());

const releases = () => listReleases(world.bot.db, address.id, {}, 10);
const buildCheck = (sha = commit) => world.gitHub.check("build (edge)", sha);

describe("the way of a build", () => {
  test("is requested, submitted, running, succeeded, a release, its verification, Accepted", async () => {
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "submitted", eventId: "event-1" });
    expect(world.cluster.submitted).toMatchObject([
      { commit, stream: "edge", params: { branch: "other", revision: commit } },
    ]);
    expect(buildCheck()).toMatchObject({ status: "queued" });

    await world.show({});
    expect(await world.newestRun()).toMatchObject({ state: "running" });
    expect(buildCheck()).toMatchObject({ status: "in_progress" });

    await world.show(succeeded);
    expect(await world.newestRun()).toMatchObject({ state: "succeeded", settled: true });
    expect(await releases()).toMatchObject([
      { stream: "edge", phase: "Ready", digest: image["image-digest"], commit },
    ]);
    expect(await world.newestRun("verify")).toMatchObject({
      state: "submitted",
      request: { params: { digest: image["image-digest"] } },
    });

    await world.show({ ...succeeded, results: {} });
    expect(await releases()).toMatchObject([{ phase: "Accepted" }]);
    expect(await world.newestRun("verify")).toMatchObject({ settled: true });
    expect(world.gitHub.said(7)).toContain("(Accepted)");
    expect(world.gitHub.comments).toHaveLength(1);
  });

  test("shows on the merge, on the pull request's last head and in one comment", async () => {
    await world.work();
    await world.show(succeeded);
    const head = world.gitHub.pulls[0]?.head ?? "";
    for (const sha of [commit, head])
      expect(buildCheck(sha)).toMatchObject({ status: "completed", conclusion: "success" });
    expect(world.gitHub.said(7)).toContain("The build of this pull request succeeded");
    expect(world.gitHub.said(7)).toContain("4.21.0-0.okd-scos-edge");
    expect(world.gitHub.comments).toHaveLength(1);
  });

  test("does not end twice when it is looked at again", async () => {
    await world.work();
    await world.show(succeeded);
    const { id } = await world.newestRun();
    await updateRun(world.bot.db, id, { settled: false, dueAt: world.bot.now().toISOString() });
    await world.work();
    expect(await releases()).toHaveLength(1);
    expect(await world.runs({ kind: "verify" })).toHaveLength(1);
    expect(world.gitHub.comments).toHaveLength(1);
  });

  test("that fails shows the step, its log without Tekton's notes, and the way on", async () => {
    world.cluster.log =
      "compiling\nerror: no space left\nSkipping step because a previous step failed\n";
    await world.work();
    await world.show({
      ...broken,
      tasks: [
        {
          name: "assemble",
          phase: "failed",
          podName: "pod",
          failedStep: { name: "compile", container: "step-compile", exitCode: 3 },
          steps: [],
        },
      ],
    });
    const said = world.gitHub.said(7);
    expect(said).toContain("step `compile` ended with exit code 3");
    expect(said).toContain("error: no space left");
    expect(said).not.toContain("Skipping step");
    expect(said).toContain("`/retry`");
    expect(buildCheck()).toMatchObject({ conclusion: "failure" });
    expect(await releases()).toEqual([]);
  });

  test.each([
    ["without a digest", { "pull-spec": image["pull-spec"] }, "gave no result `image-digest`"],
    ["with a digest that is none", { ...image, "image-digest": "latest" }, "is no digest: latest"],
    ["with a hostile pull spec", { ...image, "pull-spec": "$(reboot)" }, "is no pull spec"],
  ])("that succeeds %s makes no release and says so", async (_how, results, words) => {
    await world.work();
    await world.show({ ...succeeded, results });
    expect(await releases()).toEqual([]);
    expect((await world.newestRun()).message).toContain(words);
    expect(world.gitHub.said(7)).toContain("made no release");
  });

  test("tries a failed verification again as often as it may, then rejects the release", async () => {
    await world.work();
    await world.show(succeeded);
    await world.show(broken);
    expect(await releases()).toMatchObject([{ phase: "Ready" }]);
    expect(await world.newestRun("verify")).toMatchObject({ attempt: 2, state: "submitted" });
    await world.show(broken);
    expect(await releases()).toMatchObject([{ phase: "Rejected" }]);
    expect(await world.runs({ kind: "verify" })).toHaveLength(2);
  });
});

describe("a build whose pipeline gives no results", () => {
  const digest = `sha256:${"d".repeat(64)}`;
  const ask = (answers: readonly Result<string>[]) => {
    const left = [...answers];
    const asked: string[] = [];
    Object.assign(world.bot, {
      registries: {
        digestOf: (name: string) => {
          asked.push(name);
          return Promise.resolve(left.length > 1 ? left.shift() : left[0]);
        },
      },
    });
    return asked;
  };
  beforeEach(async () => {
    await world.end();
    world = await createWorld();
    const from = changed(
      edgePath,
      "      results:\n        pullSpec: pull-spec\n        digest: image-digest\n",
      "      image: quay.io/okd/coreos:4.21-x86_64\n",
    );
    commit = await world.merge(edgePath, from);
    await world.work();
  });

  test("is released by the digest that its tag has then, marked by tag", async () => {
    const asked = ask([ok(digest)]);
    await world.show({ ...succeeded, results: {} });
    expect(asked).toEqual(["quay.io/okd/coreos:4.21-x86_64"]);
    expect(await releases()).toMatchObject([
      { pullSpec: `quay.io/okd/coreos@${digest}`, digest, byTag: true },
    ]);
    expect(world.gitHub.said(7)).toContain(
      `by tag: after the build its tag named \`quay.io/okd/coreos@${digest}\``,
    );
  });

  test("waits for a registry that does not answer, and says so", async () => {
    ask([failed({ kind: "unavailable", what: "It answered 503." }), ok(digest)]);
    await world.show({ ...succeeded, results: {} });
    expect(await releases()).toEqual([]);
    expect((await world.newestRun()).message).toContain("waits for the registry: It answered 503.");
    world.pass(60_000);
    await world.work();
    expect(await releases()).toMatchObject([{ digest }]);
    expect(world.gitHub.said(7)).not.toContain("waits for the registry");
  });

  test("keeps the digest that was read first, also when its end is carried out again", async () => {
    const other = `sha256:${"e".repeat(64)}`;
    ask([ok(digest), ok(other)]);
    await world.show({ ...succeeded, results: {} });
    const { id } = await world.newestRun();
    await updateRun(world.bot.db, id, { settled: false, dueAt: world.bot.now().toISOString() });
    await world.work();
    expect(await releases()).toMatchObject([{ digest }]);
  });

  test("makes no release where the tag is not there, and says so", async () => {
    ask([failed({ kind: "not-found", what: "There is no image." })]);
    await world.show({ ...succeeded, results: {} });
    expect(await releases()).toEqual([]);
    expect(world.gitHub.said(7)).toContain("made no release: There is no image.");
  });
});

describe("a cluster that does not answer as it should", () => {
  test("whose answer was lost is not asked twice", async () => {
    world.cluster.refusal = { problem: unavailable, taken: true };
    await world.work();
    world.cluster.refusal = undefined;
    world.pass(60_000);
    await world.work();
    expect(world.cluster.submitted).toHaveLength(1);
    expect(await world.newestRun()).toMatchObject({ state: "running", error: null });
  });

  describe("whose answer was lost, while nothing shows", () => {
    let sentAt: string | null;
    beforeEach(async () => {
      world.cluster.refusal = { problem: unavailable };
      await world.work();
      ({ sentAt } = await world.newestRun());
      expect(sentAt).not.toBeNull();
    });
    const refuse = async (refusal: typeof world.cluster.refusal, afterMs: number) => {
      world.cluster.refusal = refusal;
      world.pass(afterMs);
      await world.work();
      return world.newestRun();
    };
    const denied = { problem: { kind: "refused" as const, what: "403: no." } };

    test("counts as sent though the next request does not leave", async () => {
      const run = await refuse({ problem: unavailable, unsent: true }, 30_000);
      expect(run).toMatchObject({ state: "requested", attempts: 2, sentAt });
    });

    test("is not failed by a refusal of the next request: the first may appear", async () => {
      const run = await refuse(denied, 30_000);
      expect(run).toMatchObject({ state: "requested", attempts: 2, sentAt });
    });

    test("has its time to appear from the last request that may have arrived", async () => {
      await refuse({ problem: unavailable }, 50_000);
      const run = await refuse(denied, 55_000);
      expect(run).toMatchObject({ state: "requested", attempts: 3, sentAt });
    });

    test("is failed by a refusal once it had the time to appear", async () => {
      const run = await refuse(denied, 61_000);
      expect(run).toMatchObject({ state: "failed", reason: "RequestRefused" });
    });
  });

  test("whose listener answers 503 is waited for, which shows, no sooner than it asked", async () => {
    world.cluster.refusal = { problem: unavailable };
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "requested", attempts: 1 });
    expect(world.gitHub.said(7)).toContain("Waiting for cluster laptop: The listener answered 503");
    world.cluster.refusal = undefined;
    world.pass(29_000);
    await world.work();
    expect(world.cluster.submitted).toHaveLength(0);
    world.pass(1000);
    await world.work();
    expect(world.cluster.submitted).toHaveLength(1);
    expect(world.gitHub.said(7)).not.toContain("Waiting for cluster");
  });

  test("waits longer each time", async () => {
    world.cluster.refusal = { problem: { kind: "unavailable", what: "No answer." } };
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await world.work();
      const { dueAt } = await world.newestRun();
      const pause = Date.parse(dueAt ?? "") - world.bot.now().getTime();
      pauses.push(pause);
      world.pass(pause);
    }
    expect(pauses).toEqual([2000, 4000, 8000, 16_000]);
  });

  test("that shows nothing until the deadline loses the run, with the likely reasons", async () => {
    await world.work();
    world.pass(60_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "submitted" });
    world.pass(15_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({
      state: "lost",
      reason: "never-started",
      settled: true,
    });
    expect(world.gitHub.said(7)).toMatch(
      /did not start within 1 min[\s\S]*rejects the signature[\s\S]*no trigger[\s\S]*service account/,
    );
    expect(world.gitHub.said(7)).toContain(
      "kubectl -n okd logs -l app.kubernetes.io/managed-by=EventListener --tail=-1 | grep event-1",
    );
    expect(buildCheck()).toMatchObject({ conclusion: "failure" });
  });

  test("that has a foreign run of this name parks the request and believes nothing of it", async () => {
    const run = await world.newestRun();
    await world.work();
    const payload = world.cluster.submitted[0]!;
    world.cluster.runs.set(run.name, observed(payload, { ...succeeded, runId: "f".repeat(64) }));
    world.pass(15_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "parked", reason: "name-taken" });
    expect(buildCheck()).toMatchObject({ conclusion: "action_required" });
    expect(await releases()).toEqual([]);
  });

  test("that deleted a run under way loses it, and is not asked again", async () => {
    await world.work();
    await world.show({});
    world.cluster.runs.clear();
    world.pass(15_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "lost", reason: "deleted" });
    expect(world.cluster.submitted).toHaveLength(1);
  });

  test("that refuses the request fails the run with its words", async () => {
    world.cluster.refusal = { problem: { kind: "refused", what: "401: bad signature." } };
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "failed", reason: "RequestRefused" });
    expect(world.gitHub.said(7)).toContain("401: bad signature.");
  });

  test("that cannot be read now is read later", async () => {
    await world.work();
    world.cluster.unreadable = { kind: "unavailable", what: "The API server is away." };
    await world.show(succeeded);
    expect(await world.newestRun()).toMatchObject({ state: "submitted", attempts: 1 });
    world.cluster.unreadable = undefined;
    await world.show(succeeded);
    expect(await releases()).toHaveLength(1);
  });
});

describe("a listener that makes up the names of its runs", () => {
  beforeEach(() => {
    world.cluster.runNames = "generated";
  });
  const madeUp = { name: "okd-coreos-4.19-prod-x7k2p" };
  const show = async (change: object) => {
    const payload = world.cluster.submitted.at(-1)!;
    const { runId, ...foreign } = observed(payload, { ...madeUp, ...change });
    expect(runId).toBe(payload.run.id);
    world.cluster.runs.set("event-1", foreign);
    world.pass(15_000);
    await world.work();
  };

  test("is asked once, its run found by the event and followed under its own name to a release", async () => {
    await world.work();
    await show({});
    expect(await world.newestRun()).toMatchObject({ state: "running", ...madeUp });
    await show(succeeded);
    expect(await releases()).toHaveLength(1);
    expect(world.cluster.submitted.filter(({ run }) => run.kind === "build")).toHaveLength(1);
    expect(world.gitHub.said(7)).toContain(madeUp.name);
  });

  test("whose answer was lost is never asked again, but a person is", async () => {
    world.cluster.refusal = { problem: unavailable };
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "parked", reason: "answer-lost" });
    expect(buildCheck()).toMatchObject({ conclusion: "action_required" });
    expect(world.gitHub.said(7)).toContain("could build twice");
    world.cluster.refusal = undefined;
    world.pass(3_600_000);
    await world.work();
    expect(world.cluster.submitted).toEqual([]);
  });

  test("is not asked again by a bot that was killed while it asked", async () => {
    const { id } = await world.newestRun();
    world.cluster.submit = () => Promise.reject(new Error("killed"));
    await world.work();
    expect(await getRun(world.bot.db, id)).toMatchObject({ state: "requested", eventId: null });
    world.cluster.submit = () => Promise.resolve({ outcome: "taken", eventId: "second" });
    world.pass(60_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "parked", eventId: null });
  });

  test("that could not be reached is asked later", async () => {
    world.cluster.refusal = { problem: unavailable, unsent: true };
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "requested", attempts: 1 });
    world.cluster.refusal = undefined;
    world.pass(30_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "submitted", eventId: "event-1" });
  });

  test("that made several runs of one request needs a person", async () => {
    await world.work();
    world.cluster.unreadable = { kind: "conflict", what: "One request made 2 PipelineRuns: a, b." };
    world.pass(15_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "parked" });
    expect(world.gitHub.said(7)).toContain("made 2 PipelineRuns");
  });
});

describe("what the operator says of a cluster", () => {
  const offer = (change: object) =>
    Object.assign(world.bot, {
      clusters: new Map([["laptop", { ...world.bot.clusters.get("laptop")!, ...change }]]),
    });
  const withSecret = async () => {
    await world.end();
    world = await createWorld();
    commit = await world.merge(
      edgePath,
      changed(
        edgePath,
        "    pipelineRef:",
        "    workspaces:\n      registry:\n        secret:\n          secretName: push\n    pipelineRef:",
      ),
    );
  };

  test("a secret that it does not offer parks the run and gets no request", async () => {
    await withSecret();
    offer({ secrets: ["other"] });
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "parked" });
    expect(world.gitHub.said(7)).toContain("may not use the secret `push` of cluster `laptop`");
    expect(world.cluster.submitted).toEqual([]);
  });

  test("one that it offers is bound", async () => {
    await withSecret();
    offer({ secrets: ["push"] });
    await world.work();
    expect(world.cluster.submitted).toMatchObject([
      { workspaces: { registry: "push" }, workspaceKinds: "registry=secret" },
    ]);
  });

  describe("that it is gone, while a run is under way there", () => {
    let offered: World["bot"]["clusters"];
    beforeEach(async () => {
      await world.work();
      await world.show({});
      offered = world.bot.clusters;
      Object.assign(world.bot, { clusters: new Map() });
      world.pass(world.bot.pollMs);
      await world.work();
    });

    test("leaves the run as it is, says so, and shows its end when the cluster is back", async () => {
      expect(await world.newestRun()).toMatchObject({ state: "running", settled: false });
      expect(world.gitHub.said(7)).toContain("This bot knows no cluster `laptop`.");
      Object.assign(world.bot, { clusters: offered });
      await world.show(succeeded);
      expect(await world.newestRun()).toMatchObject({ state: "succeeded", settled: true });
      expect(await releases()).toMatchObject([{ phase: "Ready" }]);
    });

    test("lets /cancel give it up, and says that it may still run", async () => {
      world.gitHub.roles.set("ada", "write");
      await world.say("ada", 7, "/cancel");
      await world.work();
      expect(await world.newestRun()).toMatchObject({ state: "cancelled", settled: true });
      expect(world.gitHub.said(7)).toContain("Whether it still runs on the cluster is not known");
    });
  });

  test("the service account is sent with each run, and none where it names none", async () => {
    await world.work();
    expect(world.cluster.submitted[0]?.run).not.toHaveProperty("serviceAccount");
    await world.show({});
    offer({ serviceAccount: "narrow" });
    await world.show(succeeded);
    expect(world.cluster.submitted[1]).toMatchObject({
      run: { kind: "verify", serviceAccount: "narrow" },
    });
  });
});

describe("a cluster that the operator does not offer", () => {
  test.each([
    ["is unknown", new Map()],
    [
      "is for other repositories",
      (bot: World["bot"]) => {
        const offered = bot.clusters.get("laptop")!;
        return new Map([["laptop", { ...offered, repositories: ["someone/else", "okd/*"] }]]);
      },
    ],
  ])("because it %s parks the run and gets no request", async (_why, clusters) => {
    const offered = typeof clusters === "function" ? clusters(world.bot) : clusters;
    Object.assign(world.bot, { clusters: offered });
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "parked", settled: true });
    expect(world.gitHub.said(7)).toContain("server file");
    expect(world.cluster.submitted).toEqual([]);
  });
});

describe("a CloudEvent", () => {
  const headers = new Headers({
    "content-type": "application/json",
    "ce-id": "1",
    "ce-source": "/apis/tekton.dev/v1",
    "ce-specversion": "1.0",
    "ce-type": "dev.tekton.event.pipelinerun.successful.v1",
  });
  const bodyFor = (name: string) =>
    JSON.stringify({
      pipelineRun: {
        apiVersion: "tekton.dev/v1",
        kind: "PipelineRun",
        metadata: { name, namespace: "okd", uid: "u" },
        status: { conditions: [{ type: "Succeeded", status: "True" }] },
      },
    });

  test("is a hint: it makes the run due, and what it says of it is not believed", async () => {
    await world.work();
    const { id, name, dueAt } = await world.newestRun();
    expect(Date.parse(dueAt ?? "")).toBeGreaterThan(world.bot.now().getTime());
    await takeHint(world.bot, headers, bodyFor(name));
    expect(await getRun(world.bot.db, id)).toMatchObject({
      state: "submitted",
      dueAt: world.bot.now().toISOString(),
    });
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "submitted" });
    expect(await releases()).toEqual([]);
  });

  test.each(["", "{", "[]", bodyFor("someone-elses")])(
    "that is %s changes nothing",
    async (body) => {
      const before = await world.runs();
      await takeHint(world.bot, headers, body);
      expect(await world.runs()).toEqual(before);
    },
  );
});
