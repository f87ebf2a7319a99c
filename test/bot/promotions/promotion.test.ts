import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { reviewPullRequest } from "../../../src/bot/reviews/review-pull-request.ts";
import { listApprovals } from "../../../src/store/approvals.ts";
import { listNames } from "../../../src/store/names.ts";
import type { Promotion } from "../../../src/store/promotion-record.ts";
import { listPromotions, updatePromotion } from "../../../src/store/promotions.ts";
import { getRun, updateRun } from "../../../src/store/runs.ts";
import { changed, edgePath, nextPath } from "../../fixtures/bot/streams-repository.ts";
import { repository as address } from "../../fixtures/github/answers.ts";
import { broken, image, succeeded } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

const pointer = "streams/channels/next/release.yaml";
let world: World;
let release: string;

beforeEach(async () => {
  world = await createWorld();
  world.gitHub.roles.set("ada", "write").set("ann", "write").set("mia", "maintain");
  await world.merge(edgePath, changed(edgePath, "branch: master", "branch: other"));
  release = await world.release();
});
afterEach(() => world.end());

async function promotion(): Promise<Promotion> {
  const [newest] = await listPromotions(world.bot.db, {}, 1);
  if (newest === undefined) throw new Error("there is no promotion");
  return newest;
}

async function propose(login = "ada", channel = "next"): Promise<Promotion> {
  await world.say(login, 7, `/promote latest to ${channel}`);
  await world.work();
  return promotion();
}

/** A push or an edit woke it. */
async function lookAgain(): Promise<void> {
  const { id } = await promotion();
  const now = world.bot.now();
  await updatePromotion(world.bot.db, id, { dueAt: now.toISOString() }, now);
  await world.work();
}

const gate = async (name: string) =>
  world.bot.lastGates.get((await promotion()).id)?.find((candidate) => candidate.name === name);
const check = () => world.gitHub.checks.findLast(({ name }) => name === "okd-streams / promotion");

describe("the check of a promotion", () => {
  test.each(["main", "other"])(
    "is not touched by another pull request of the same commit, into %s",
    async (baseRef) => {
      const { headSha } = await propose();
      const head = headSha ?? "";
      const before = world.gitHub.checks.filter(({ name }) => name.endsWith("promotion"));
      world.git.git("branch", "other", head);
      const twin = world.gitHub.addPull({ ref: "other", fork: true });
      await reviewPullRequest(world.bot, await world.repository(), {
        number: twin.number,
        headSha: head,
        baseRef,
        ownBranch: undefined,
        isNew: false,
      });
      const after = world.gitHub.checks.filter(({ name }) => name.endsWith("promotion"));
      expect(after).toEqual(before);
      expect(check()).toMatchObject({ conclusion: "action_required" });
    },
  );
});

describe("a promotion", () => {
  test("is a pull request of the pointer alone, whose check waits and says for what", async () => {
    const { pullNumber, targetName, branch, headSha, state } = await propose();
    expect({ state, pullNumber, targetName }).toEqual({
      state: "open",
      pullNumber: 8,
      targetName: "4.21.0-okd-scos.next.0",
    });
    expect(world.git.git("diff", "--name-only", "main", branch)).toBe(pointer);
    expect(world.git.git("show", `${branch}:${pointer}`)).toContain(image["image-digest"]);
    expect(world.gitHub.check("promotion", headSha ?? "")).toMatchObject({
      conclusion: "action_required",
    });
    expect(world.gitHub.said(8)).toContain("0 of 1 approvals; waits for: approvals");
    expect(world.gitHub.said(7)).toContain("in #8");
  });

  test("is merged at its head with an approval, published, and both pull requests are told", async () => {
    const { headSha } = await propose();
    await world.say("ben", 8, "/approve");
    await world.work();
    expect(world.gitHub.merges).toMatchObject([{ sha: headSha }]);
    expect(world.gitHub.merges[0]?.commit_message).toContain("Asked for by ada, approved by ben.");
    expect(await promotion()).toMatchObject({ state: "merged" });
    expect(world.cluster.submitted.at(-1)).toMatchObject({
      run: { kind: "publish" },
      subject: "next",
      params: { name: "4.21.0-okd-scos.next.0" },
    });
    await world.show({ ...succeeded, results: {} });
    expect(await promotion()).toMatchObject({ state: "published", dueAt: null });
    expect(world.gitHub.said(8)).toContain("### Published");
    expect(world.gitHub.said(7)).toContain("is published.");
    expect(await world.runs({ kind: "publish" })).toHaveLength(1);
    expect(await world.runs({ kind: "build" })).toHaveLength(1);
  });

  test("that is asked for twice by the same comment is one", async () => {
    const comment = await world.say("ada", 7, "/promote latest to next");
    await world.hear(comment);
    await world.work();
    await world.hear(comment);
    expect(await listPromotions(world.bot.db, {}, 10)).toHaveLength(1);
    expect(await listNames(world.bot.db, address.id)).toEqual(["4.21.0-okd-scos.next.0"]);
  });

  test("whose pull request was made and not noted is found again", async () => {
    world.gitHub.faults.push({ call: /POST R\/pulls$/, status: 502, done: true });
    await propose();
    world.pass(60_000);
    await world.work();
    expect(world.gitHub.pulls.filter(({ ref }) => ref.startsWith("okd-streams/"))).toHaveLength(1);
    expect(await promotion()).toMatchObject({ state: "open", pullNumber: 8 });
  });

  test("of a channel that has one open is refused, with where it stands", async () => {
    await propose();
    await world.say("mia", 7, "/promote latest to next");
    expect(world.gitHub.said(7)).toContain("`next` to `4.21.0-okd-scos.next.0` is #8");
    expect(await listPromotions(world.bot.db, {}, 10)).toHaveLength(1);
  });
});

describe("an approval", () => {
  beforeEach(() => propose("ann"));

  test("of the requester is refused, though she is an approver", async () => {
    await world.say("ann", 8, "/approve");
    await world.work();
    expect(await listApprovals(world.bot.db, (await promotion()).id)).toEqual([]);
    expect(world.gitHub.said(8)).toContain("never counts from whoever asked for the promotion");
    expect(world.gitHub.merges).toEqual([]);
  });

  test("of somebody who is no approver is refused, whatever their permission", async () => {
    await world.say("mia", 8, "/approve");
    await world.work();
    expect(world.gitHub.said(8)).toContain("is for the approvers of this channel");
    expect(world.gitHub.merges).toEqual([]);
  });

  test("by a label, or on another pull request, is none", async () => {
    await world.say("ben", 7, "/approve");
    await lookAgain();
    expect(world.gitHub.said(7)).toContain("works on promotion pull requests only");
    expect(await gate("approvals")).toMatchObject({ state: "waiting" });
  });

  describe("that waits for the end of a hold", () => {
    beforeEach(async () => {
      await world.say("mia", 8, "/hold until monday");
      await world.say("ben", 8, "/approve");
      await world.work();
      expect(await gate("approvals")).toMatchObject({ state: "open" });
      expect(await gate("hold")).toMatchObject({ state: "closed" });
      expect(world.gitHub.merges).toEqual([]);
    });

    test("counts when the hold ends", async () => {
      expect(world.gitHub.said(8)).toContain("Held by mia: until monday");
      await world.say("mia", 8, "/unhold");
      await world.work();
      expect(world.gitHub.merges).toHaveLength(1);
    });

    test("counts no more when its comment was edited", async () => {
      const comment = world.gitHub.comments.find(({ body }) => body === "/approve");
      Object.assign(comment!, { body: "never mind", updatedAt: "2026-11-20T13:00:00Z" });
      await world.say("mia", 8, "/unhold");
      await world.work();
      expect(await gate("approvals")).toMatchObject({ state: "waiting" });
      expect(world.gitHub.merges).toEqual([]);
    });

    test("counts no more when its comment was deleted", async () => {
      const at = world.gitHub.comments.findIndex(({ body }) => body === "/approve");
      world.gitHub.comments.splice(at, 1);
      await world.say("mia", 8, "/unhold");
      await world.work();
      expect(world.gitHub.merges).toEqual([]);
    });

    test("counts no more when it was taken back", async () => {
      await world.say("ben", 8, "/approve cancel");
      await world.say("mia", 8, "/unhold");
      await world.work();
      expect(world.gitHub.said(8)).toContain("Your approval is taken back.");
      expect(world.gitHub.merges).toEqual([]);
    });

    test.each([
      ["ben is no approver any more", "[ann, ben]", "[ann, cleo]"],
      ["the policy changed", "requires:", "soak: 1h\n    requires:"],
    ])("counts no more when %s on the default branch", async (_what, from, to) => {
      world.push(nextPath, changed(nextPath, from, to));
      await world.say("mia", 8, "/unhold");
      world.pass(60_000);
      await lookAgain();
      expect(await gate("approvals")).toMatchObject({ state: "waiting" });
      expect(world.gitHub.said(8)).toContain("ben does not count");
      expect(world.gitHub.merges).toEqual([]);
    });

    test("holds no merge of a head that somebody else wrote to", async () => {
      const { branch } = await promotion();
      world.gitHub.onBranch(branch, () => world.push("streams/edge.yaml", "hostile"));
      await world.say("mia", 8, "/unhold");
      await world.work();
      expect(await gate("contents")).toMatchObject({ state: "closed" });
      expect(world.gitHub.merges).toEqual([]);
    });
  });
});

describe("the gates", () => {
  test("stay closed for a branch that somebody wrote to before the bot did", async () => {
    world.git.git("checkout", "--quiet", "-b", "okd-streams/promote-next-4.21.0-okd-scos.next.0");
    world.push("tekton/tasks/assemble.yaml", "hostile");
    world.git.git("checkout", "--quiet", "main");
    await propose();
    await world.say("ben", 8, "/approve");
    await world.work();
    expect(await gate("contents")).toMatchObject({ state: "closed" });
    expect(check()).toMatchObject({ conclusion: "action_required" });
    expect(world.gitHub.merges).toEqual([]);
  });

  test("stay closed where the members of a team cannot be read: unknown means no", async () => {
    world.gitHub.teams.set("@okd-project/release", ["ben"]);
    await propose("ada", "quiet");
    await world.say("mia", 8, "/hold");
    await world.say("ben", 8, "/approve");
    world.gitHub.teams.clear();
    await world.say("mia", 8, "/unhold");
    await world.work();
    expect(await gate("approvals")).toMatchObject({ state: "unknown" });
    expect(world.gitHub.merges).toEqual([]);
  });

  test("open for a member of the team, in a channel that has nothing to publish", async () => {
    world.gitHub.teams.set("@okd-project/release", ["ben"]);
    const { pullNumber } = await propose("ada", "quiet");
    await world.say("ben", pullNumber ?? 0, "/approve");
    await world.work();
    expect(await promotion()).toMatchObject({ state: "published" });
    expect(world.gitHub.said(7)).toContain("has nothing to publish");
  });

  test("close when the release is rejected meanwhile", async () => {
    await propose();
    await world.say("mia", 7, `/reject ${release} it does not boot`);
    await world.say("ben", 8, "/approve");
    await world.work();
    expect(await gate("release")).toMatchObject({ state: "closed" });
    expect(world.gitHub.said(8)).toContain("it does not boot");
    expect(world.gitHub.merges).toEqual([]);
  });
});

describe("a merge", () => {
  beforeEach(() => propose());

  test("that GitHub's rules refuse is shown, waited for and tried again", async () => {
    const refusal = "At least 2 approving reviews are required by reviewers with write access.";
    world.gitHub.faults.push({ call: /PUT .*\/merge/, status: 405, message: refusal });
    await world.say("ben", 8, "/approve");
    await world.work();
    expect(await promotion()).toMatchObject({ state: "open", attempts: 1 });
    expect(world.gitHub.said(8)).toContain("At least 2 approving reviews");
    world.pass(10_000);
    await world.work();
    expect(world.gitHub.merges).toHaveLength(1);
    expect(await promotion()).toMatchObject({ state: "merged", error: null });
  });

  test.each([502, 405])("whose answer was lost (%i) goes on", async (status) => {
    world.gitHub.faults.push({ call: /PUT .*\/merge/, status, done: true });
    await world.say("ben", 8, "/approve");
    await world.work();
    world.pass(60_000);
    await world.work();
    expect(world.gitHub.merges).toHaveLength(1);
    expect(await promotion()).toMatchObject({
      state: "merged",
      mergeCommit: world.git.git("rev-parse", "main"),
    });
  });

  test("made by a person is followed as well", async () => {
    world.gitHub.mergePull(world.gitHub.pulls[1]!, "Merge by hand");
    await lookAgain();
    expect(await promotion()).toMatchObject({ state: "merged" });
    expect(world.cluster.submitted.at(-1)).toMatchObject({ run: { kind: "publish" } });
  });

  test("whose publication fails says so, and is published again on demand", async () => {
    await world.say("ben", 8, "/approve");
    await world.work();
    await world.show(broken);
    expect(await promotion()).toMatchObject({ state: "publish-failed" });
    expect(world.gitHub.said(8)).toContain("publishing failed");
    const run = await world.newestRun("publish");
    expect(world.gitHub.said(7)).toContain(`/retry ${run.name}`);
    await world.say("mia", 8, "/retry");
    await world.work();
    await world.show({ ...succeeded, results: {} });
    expect(await promotion()).toMatchObject({ state: "published" });
    expect(await world.runs({ kind: "publish" })).toHaveLength(2);
  });

  test("is not published twice when it is settled twice", async () => {
    await world.say("ben", 8, "/approve");
    await world.work();
    await world.show({ ...succeeded, results: {} });
    const { id } = await world.newestRun("publish");
    await updateRun(world.bot.db, id, { settled: false, dueAt: world.bot.now().toISOString() });
    await lookAgain();
    expect(await world.runs({ kind: "publish" })).toHaveLength(1);
  });
});

describe("/retry of a publication", () => {
  beforeEach(async () => {
    await propose();
    await world.say("ben", 8, "/approve");
    await world.work();
  });

  const moveOn = (): string => {
    const held = world.git.git("show", `main:${pointer}`);
    return world.push(pointer, held.replace("scos.next.0", "scos.next.1"));
  };

  test("that the channel has moved on from is refused, with what it names now", async () => {
    await world.show({ ...succeeded, results: {} });
    const { name } = await world.newestRun("publish");
    moveOn();
    await world.say("mia", 8, `/retry ${name}`);
    expect(world.gitHub.said(8)).toContain(
      "the channel `next` names `4.21.0-okd-scos.next.1` now, which is not what this run publishes",
    );
    expect(await world.runs({ kind: "publish" })).toHaveLength(1);
  });

  test("is refused to whom only the stream belongs", async () => {
    await world.show(broken);
    const { name } = await world.newestRun("publish");
    await world.say("sam", 8, `/retry ${name}`);
    expect(world.gitHub.said(8)).toContain(
      "This command is for maintainers of this repository (write permission).",
    );
    expect(await world.runs({ kind: "publish" })).toHaveLength(1);
  });

  test("ends unsent where the channel moves on before it was sent", async () => {
    await world.show(broken);
    world.cluster.refusal = {
      problem: { kind: "unavailable", what: "No way." },
      unsent: true,
    };
    await world.say("mia", 8, "/retry");
    await world.work();
    const sent = world.cluster.submitted.length;
    const { id } = await world.newestRun("publish");
    moveOn();
    world.cluster.refusal = undefined;
    world.pass(60_000);
    await world.work();
    expect(world.cluster.submitted).toHaveLength(sent);
    expect(await getRun(world.bot.db, id)).toMatchObject({
      attempt: 2,
      state: "cancelled",
      message: expect.stringContaining("names `4.21.0-okd-scos.next.1` now"),
    });
  });
});

describe("the end of a promotion without a merge", () => {
  beforeEach(() => propose());

  test("by an approver's decline closes it for good, and its name is not used again", async () => {
    const { branch } = await promotion();
    await world.say("ben", 8, "/decline the image is too large");
    await world.work();
    expect(await promotion()).toMatchObject({ state: "declined", dueAt: null });
    expect(world.gitHub.pulls[1]).toMatchObject({ state: "closed" });
    expect(() => world.git.git("rev-parse", "--verify", "--quiet", branch)).toThrow();
    expect(check()).toMatchObject({ conclusion: "cancelled" });
    expect(world.gitHub.said(8)).toContain("Declined by ben: the image is too large");
    expect((await propose("mia")).targetName).toBe("4.21.0-okd-scos.next.1");
  });

  test("closes the pull request though GitHub did not answer at first", async () => {
    world.gitHub.faults.push({ call: /PATCH R\/pulls\/8/, status: 502 });
    const comment = await world.say("ben", 8, "/decline no");
    await world.work();
    expect(world.gitHub.pulls[1]).toMatchObject({ state: "open" });
    await world.hear(comment);
    world.pass(10_000);
    await world.work();
    expect(world.gitHub.pulls[1]).toMatchObject({ state: "closed" });
    expect(world.gitHub.said(8)).not.toContain("not open any more");
  });

  test("is the requester's to ask for", async () => {
    await world.say("ada", 8, "/decline I was wrong");
    await world.work();
    expect(await promotion()).toMatchObject({ state: "declined" });
  });

  test("is not everybody's to ask for", async () => {
    await world.say("eve", 8, "/decline because");
    await world.work();
    expect(await promotion()).toMatchObject({ state: "open" });
  });

  test("comes when a person closes the pull request", async () => {
    world.gitHub.pulls[1]!.state = "closed";
    await lookAgain();
    expect(await promotion()).toMatchObject({ state: "closed", dueAt: null });
    await world.say("ben", 8, "/approve");
    await world.work();
    expect(world.gitHub.merges).toEqual([]);
  });
});
