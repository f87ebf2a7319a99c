import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { pullRequestHead } from "../../../src/bot/reviews/pull-request-head.ts";
import { rerunCheck } from "../../../src/bot/reviews/rerun-check.ts";
import { resync } from "../../../src/bot/resync.ts";
import { reviewOpenPullRequests } from "../../../src/bot/reviews/review-open-pull-requests.ts";
import { reviewPullRequest } from "../../../src/bot/reviews/review-pull-request.ts";
import { getPullRequest } from "../../../src/github/pull-requests.ts";
import { clientFor } from "../../../src/bot/report.ts";
import { countDeliveries } from "../../../src/store/deliveries.ts";
import {
  changed,
  edgePath,
  settings,
  settingsPath,
} from "../../fixtures/bot/streams-repository.ts";
import { broken } from "../fake-cluster.ts";
import type { FakePull } from "../fake-github.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.sync();
});
afterEach(() => world.end());

/** Opens a pull request that changes these files. */
function open(files: Readonly<Record<string, string>>, fork = false): FakePull {
  const ref = `topic-${world.gitHub.pulls.length}`;
  world.git.git("checkout", "--quiet", "-b", ref, "main");
  for (const [path, content] of Object.entries(files)) world.git.write(path, content);
  world.git.commit("Propose");
  world.git.git("checkout", "--quiet", "main");
  return world.gitHub.addPull({ ref, fork });
}

async function review(pull: FakePull): Promise<void> {
  const repository = await world.repository();
  const read = await getPullRequest(clientFor(world.bot, repository), pull.number);
  world.gitHub.calls.length = 0;
  await reviewPullRequest(world.bot, repository, pullRequestHead(repository, read));
}

const check = (name: string, pull: FakePull) => world.gitHub.check(name, pull.head);
const otherBranch = changed(edgePath, "branch: master", "branch: other");

describe("a review", () => {
  test("says what a valid change builds, in three checks and one comment", async () => {
    const pull = open({ [edgePath]: otherBranch });
    await review(pull);
    expect(check("validate", pull)).toMatchObject({ conclusion: "success" });
    expect(check("plan", pull)).toMatchObject({
      conclusion: "success",
      output: { title: "The merge builds 1 stream" },
    });
    expect(check("promotion", pull)).toMatchObject({ conclusion: "neutral" });
    expect(world.gitHub.said(pull.number)).toContain("✅ Valid");
    expect(world.gitHub.comments).toHaveLength(1);
  });

  test("shows each mistake at its line, and no plan", async () => {
    const pull = open({ [edgePath]: otherBranch.replace("scos\n", "beos\n") });
    await review(pull);
    expect(check("validate", pull)).toMatchObject({
      conclusion: "failure",
      output: {
        annotations: expect.arrayContaining([
          expect.objectContaining({ path: edgePath, start_line: 9, annotation_level: "failure" }),
        ]),
      },
    });
    expect(check("plan", pull)).toMatchObject({ conclusion: "neutral" });
    expect(world.gitHub.said(pull.number)).toContain("❌ Not ready");
  });

  test("concludes for a pull request that is none of its business, and leaves it in peace", async () => {
    const pull = open({ "README.md": "Hello" });
    await review(pull);
    for (const name of ["validate", "plan", "promotion"])
      expect(check(name, pull)).toMatchObject({ status: "completed" });
    expect(world.gitHub.comments).toEqual([]);
  });

  test("of a pull request that conflicts fails with the files", async () => {
    const pull = open({ [edgePath]: otherBranch });
    world.push(edgePath, changed(edgePath, "branch: master", "branch: main"));
    await review(pull);
    expect(check("validate", pull)).toMatchObject({ conclusion: "failure" });
    expect(check("validate", pull)?.output.summary).toContain(edgePath);
  });

  test("does not blame a pull request for what stands on the default branch", async () => {
    world.push("streams/plain.yaml", "kind: Stream\n");
    const pull = open({ [edgePath]: otherBranch });
    await review(pull);
    expect(check("validate", pull)).toMatchObject({ conclusion: "success" });
    expect(world.gitHub.said(pull.number)).toContain("on the base branch already");
  });

  test("goes by the rules of the default branch, which no pull request loosens for itself", async () => {
    const before = open({ [edgePath]: changed(edgePath, "edge-$(run.time)", "edge-$(run.tim)") });
    await review(before);
    expect(check("validate", before)).toMatchObject({ conclusion: "failure" });
    const rule = /\(\[`(?<rule>[a-z-]+)`\]/.exec(world.gitHub.said(before.number))?.groups?.[
      "rule"
    ];
    const loosened = open({
      [edgePath]: changed(edgePath, "edge-$(run.time)", "edge-$(run.tim)"),
      [settingsPath]: settings(`rules:\n  ${rule ?? "x"}: off`),
    });
    await review(loosened);
    expect(check("validate", loosened)).toMatchObject({ conclusion: "failure" });
  });

  test("fails a pull request of a fork that moves a channel by hand", async () => {
    const pull = open({ "streams/channels/next/release.yaml": "kind: ChannelRelease\n" }, true);
    await review(pull);
    expect(check("promotion", pull)).toMatchObject({
      conclusion: "failure",
      output: { title: "Channels move by promotion only" },
    });
  });

  test("repeated as it was asks and writes nothing", async () => {
    const pull = open({ [edgePath]: otherBranch });
    await review(pull);
    await review(pull);
    expect(world.gitHub.work()).toEqual([]);
  });

  test.each([1, 300])("takes at most 6 calls for %i changed files", async (count) => {
    const many = Object.fromEntries(
      Array.from({ length: count - 1 }, (_, index) => [`docs/page-${index}.md`, "text"]),
    );
    const pull = open({ ...many, [edgePath]: otherBranch });
    await review(pull);
    expect(world.gitHub.work()).toEqual([
      `GET R/commits/${pull.head}/check-runs`,
      "POST R/check-runs",
      "POST R/check-runs",
      "POST R/check-runs",
      `GET R/issues/${pull.number}/comments`,
      `POST R/issues/${pull.number}/comments`,
    ]);
  });
});

describe("more findings than GitHub takes at once", () => {
  /** Streams with a mistake each. */
  const wrongStreams = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `streams/wrong-${index}.yaml`,
        otherBranch.replace("name: edge", `name: wrong-${index}`).replace("scos\n", "beos\n"),
      ]),
    );
  const count = 120;
  const annotations = (pull: FakePull) =>
    (check("validate", pull)?.output["annotations"] ?? []) as { path: string }[];

  test("are all annotations, with one call more for each further fifty", async () => {
    const pull = open(wrongStreams(count));
    await review(pull);
    const found = annotations(pull);
    expect(new Set(found.map(({ path }) => path)).size).toBe(count);
    const batches = Math.ceil(found.length / 50);
    const calls = world.gitHub.work();
    const isFurtherBatch = (call: string) => call.startsWith("PATCH R/check-runs/");
    expect(calls.filter(isFurtherBatch)).toHaveLength(batches - 1);
    expect(calls.filter((call) => !isFurtherBatch(call)).length).toBeLessThanOrEqual(6);
    expect(check("validate", pull)?.output.summary).toContain("**Stream `wrong-0`**");
  });

  test("are annotations once each, also after a batch was refused", async () => {
    const pull = open(wrongStreams(count));
    world.gitHub.faults.push({ call: /PATCH R\/check-runs/, status: 502, done: true });
    await expect(review(pull)).rejects.toBeDefined();
    await review(pull);
    const found = annotations(pull).map((annotation) => JSON.stringify(annotation));
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThanOrEqual(count);
  });
});

describe("the default branch moving", () => {
  test("makes every open pull request be reviewed again", async () => {
    const pull = open({ [edgePath]: otherBranch });
    await review(pull);
    world.push(edgePath, changed(edgePath, "branch: master", "branch: main"));
    await reviewOpenPullRequests(world.bot, await world.repository());
    expect(check("validate", pull)).toMatchObject({ conclusion: "failure" });
  });
});

describe("a check that is run again", () => {
  const rerun = async (checkRunId: number, login: string) => {
    await rerunCheck(world.bot, await world.repository(), { checkRunId, login });
  };

  test("is ignored where the bot did not make it, whatever the event says", async () => {
    world.gitHub.roles.set("ada", "admin");
    await review(open({ [edgePath]: otherBranch }));
    world.gitHub.calls.length = 0;
    await rerun(424_242, "ada");
    expect(world.gitHub.calls).toEqual([]);
    expect(await world.runs()).toEqual([]);
  });

  test.each([
    ["tom", "triage", 2],
    ["nora", "read", 2],
    ["eve", "read", 1],
  ])("validates anew for %s with %s permission: %i checks", async (login, role, count) => {
    world.gitHub.roles.set(login, role);
    const pull = open({ [edgePath]: otherBranch });
    await review(pull);
    await rerun(check("validate", pull)?.id ?? 0, login);
    expect(world.gitHub.checks.filter(({ name }) => name.includes("validate"))).toHaveLength(count);
  });

  test.each(["validate", "plan", "promotion"])("does so alone: %s", async (name) => {
    world.gitHub.roles.set("tom", "triage");
    const pull = open({ [edgePath]: otherBranch });
    await review(pull);
    await rerun(check(name, pull)?.id ?? 0, "tom");
    expect(world.gitHub.checks.slice(3)).toMatchObject([{ name: `okd-streams / ${name}` }]);
  });

  test("is the one that later reviews of the same head change", async () => {
    world.gitHub.roles.set("tom", "triage");
    const pull = open({ [edgePath]: otherBranch });
    await review(pull);
    await rerun(check("validate", pull)?.id ?? 0, "tom");
    world.push(edgePath, changed(edgePath, "branch: master", "branch: main"));
    await review(pull);
    const newest = world.gitHub.checks.findLast(({ name }) => name.includes("validate"));
    expect(newest).toMatchObject({ conclusion: "failure" });
  });

  describe("and shows a build", () => {
    beforeEach(async () => {
      await world.merge(edgePath, otherBranch);
      await world.work();
      await world.show(broken);
    });
    const buildCheck = (sha: string) => world.gitHub.check("build (edge)", sha)?.id ?? 0;

    test("builds again for a maintainer, once, on the merge as on the pull request's head", async () => {
      world.gitHub.roles.set("ada", "write");
      const { commit } = await world.newestRun();
      await rerun(buildCheck(commit), "ada");
      await rerun(buildCheck(commit), "ada");
      expect(await world.runs()).toHaveLength(2);
      expect(await world.newestRun()).toMatchObject({ attempt: 2, requestedBy: "ada" });
      await world.work();
      await world.show(broken);
      await rerun(buildCheck(world.gitHub.pulls[0]?.head ?? ""), "ada");
      expect(await world.newestRun()).toMatchObject({ attempt: 3, commit });
    });

    test("builds nothing for somebody without write permission", async () => {
      world.gitHub.roles.set("tom", "triage");
      const { commit } = await world.newestRun();
      await rerun(buildCheck(commit), "tom");
      expect(await world.runs()).toHaveLength(1);
    });
  });
});

describe("resync", () => {
  test("asks GitHub to send again what never arrived, and that alone", async () => {
    world.gitHub.deliveries.push(
      { id: 5, guid: "arrived-later", status_code: 202 },
      { id: 4, guid: "lost", status_code: 502 },
      { id: 3, guid: "arrived-later", status_code: 504 },
      { id: 2, guid: "fine", status_code: 200 },
    );
    expect(await resync(world.bot)).toEqual([]);
    expect(world.gitHub.redelivered).toEqual([4]);
  });

  test("finds the merge and the pull request whose events were lost", async () => {
    const pull = open({ [edgePath]: otherBranch });
    const path = "streams/plain.yaml";
    const commit = world.push(path, changed(path, "branch: master", "branch: x"));
    await resync(world.bot);
    expect(await world.runs()).toMatchObject([{ stream: "plain", cause: `merge:${commit}` }]);
    expect(check("validate", pull)).toMatchObject({ conclusion: "success" });
    expect(await countDeliveries(world.bot.db)).toMatchObject({ queued: 0 });
  });

  test("goes on with the rest where one part fails, and names it", async () => {
    const path = "streams/plain.yaml";
    world.gitHub.faults.push({ call: /GET \/app\/hook\/deliveries/, status: 500 });
    world.push(path, changed(path, "branch: master", "branch: x"));
    expect(await resync(world.bot)).toEqual([expect.stringContaining("deliveries: ")]);
    expect(await world.runs()).toHaveLength(1);
  });
});
