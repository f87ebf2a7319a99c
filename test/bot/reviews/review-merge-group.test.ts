import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { reviewMergeGroup } from "../../../src/bot/reviews/review-merge-group.ts";
import {
  changed,
  edgePath,
  settings,
  settingsPath,
} from "../../fixtures/bot/streams-repository.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.gitHub.roles.set("ada", "write");
  await world.sync();
});
afterEach(() => world.end());

const pointer = "streams/channels/next/release.yaml";

/** GitHub's queue puts the merge on a branch of its own and asks for its checks. */
function group(act: () => void): string {
  world.git.git("checkout", "--quiet", "-B", "gh-readonly-queue/main/pr-7", "main");
  act();
  const headSha = world.git.git("rev-parse", "HEAD");
  world.git.git("checkout", "--quiet", "main");
  return headSha;
}
async function review(headSha: string, baseRef = "refs/heads/main"): Promise<void> {
  const baseSha = world.git.git("rev-parse", "main");
  await reviewMergeGroup(world.bot, await world.repository(), { headSha, baseSha, baseRef });
}
const conclusions = (headSha: string) =>
  ["validate", "plan", "promotion"].map((name) => world.gitHub.check(name, headSha)?.conclusion);
const other = changed(edgePath, "branch: master", "branch: other");

describe("a merge group", () => {
  test("gets the three checks that may be required, each concluded", async () => {
    const head = group(() => world.push(edgePath, other));
    await review(head);
    expect(conclusions(head)).toEqual(["success", "success", "neutral"]);
    expect(world.gitHub.check("plan", head)?.output.summary).toContain("edge");
    const before = world.gitHub.calls.length;
    await review(head);
    expect(world.gitHub.calls).toHaveLength(before);
  });

  test("that touches nothing of ours gets them too", async () => {
    const head = group(() => world.push("README.md", "hello"));
    await review(head);
    expect(conclusions(head)).toEqual(["success", "neutral", "neutral"]);
  });

  test("whose merge is not valid fails, although each of its pull requests was", async () => {
    const head = group(() => world.push(edgePath, other.replace("laptop", "Not A Cluster")));
    await review(head);
    expect(conclusions(head)[0]).toBe("failure");
  });

  test("brings no settings of its own", async () => {
    const triggers = '  triggers: { schedule: { cron: "99 * * * *" } }\n  release:\n';
    const head = group(() => {
      world.push(settingsPath, settings("rules: { schedule-cron-invalid: off }"));
      world.push(edgePath, changed(edgePath, "  release:\n", triggers));
    });
    await review(head);
    expect(conclusions(head)[0]).toBe("failure");
    expect(world.gitHub.check("validate", head)?.output.summary).toContain("schedule-cron-invalid");
  });

  test("into another branch is none of ours, and one that is not fetched yet is tried again", async () => {
    const head = group(() => world.push(edgePath, other));
    await review(head, "refs/heads/release");
    expect(world.gitHub.checks).toEqual([]);
    await expect(review("e".repeat(40))).rejects.toThrow("does not have commit");
  });
});

describe("a merge group that moves a channel", () => {
  let text: string;
  beforeEach(async () => {
    await world.merge(edgePath, other);
    await world.release();
    await world.say("ada", 7, "/promote latest to next");
    await world.work();
    const promotion = world.gitHub.pulls.find(({ number }) => number === 8);
    text = world.git.git("show", `${promotion?.head ?? ""}:${pointer}`);
  });

  test("passes as a promotion whose gates are open, and not before", async () => {
    const head = group(() => world.push(pointer, `${text}\n`));
    await review(head);
    expect(conclusions(head)[2]).toBe("failure");
    world.gitHub.faults.push({ call: /^PUT R\/pulls\/8\/merge$/, status: 405, message: "queue" });
    await world.say("ben", 8, "/approve");
    await world.work();
    const next = group(() => {
      world.push("notes.txt", "x");
      world.push(pointer, `${text}\n`);
    });
    await review(next);
    expect(conclusions(next)[2]).toBe("success");
  });

  test("to what no promotion says fails", async () => {
    world.gitHub.faults.push({ call: /^PUT R\/pulls\/8\/merge$/, status: 405, message: "queue" });
    await world.say("ben", 8, "/approve");
    await world.work();
    for (const hostile of [
      text.replace(/digest: sha256:\w{64}/, `digest: sha256:${"b".repeat(64)}`),
      text.replace(/^( {2}name: \S+)$/m, "$1-other"),
    ]) {
      expect(hostile).not.toBe(text);
      const head = group(() => world.push(pointer, `${hostile}\n`));
      await review(head);
      expect(conclusions(head)[2]).toBe("failure");
    }
  });
});
