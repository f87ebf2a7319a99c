import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bench, commitFile, here, openPull, startBench, statusOf } from "./helpers.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({}, { requiredChecks: ["validate"] });
});
afterEach(() => bench.close());

const check = (head_sha: string, conclusion: "success" | "failure") =>
  bench.bot.rest.checks.create({ ...here, name: "validate", head_sha, conclusion });
const queue = (number: number) => bench.sandbox.queuePull(here.owner, here.repo, number, "mia");
const tipOfMain = async () =>
  (await bench.bot.rest.repos.getBranch({ ...here, branch: "main" })).data.commit.sha;
const statusOfBranch = (number: number, base: string) =>
  statusOf(
    bench.bot.rest.git.getRef({
      ...here,
      ref: `heads/gh-readonly-queue/main/pr-${number}-${base}`,
    }),
  );

describe("a merge queue", () => {
  test("takes no pull request whose own checks did not pass", async () => {
    const { number } = await openPull(bench.as("wim"), "edge", "a.txt", "a\n");
    await expect(queue(number)).rejects.toThrow('Required status check "validate" is expected.');
  });

  test("asks for the checks of a group, and merges it when they passed", async () => {
    const { number, sha } = await openPull(bench.as("wim"), "edge", "a.txt", "a\n");
    await check(sha, "success");
    const base = await tipOfMain();
    const group = await queue(number);
    expect(await tipOfMain()).toBe(base);
    expect(await statusOfBranch(number, base)).toBe(200);
    await bench.sandbox.settled();
    const asked = bench.hooks.received.find(({ event }) => event === "merge_group");
    expect(asked?.payload).toMatchObject({
      action: "checks_requested",
      merge_group: { head_sha: group, base_sha: base, base_ref: "refs/heads/main" },
    });
    await check(group, "success");
    expect(await tipOfMain()).toBe(group);
    expect(await statusOfBranch(number, base)).toBe(404);
    const { data } = await bench.bot.rest.pulls.get({ ...here, pull_number: number });
    expect(data).toMatchObject({ merged: true, merge_commit_sha: group });
  });

  test.each(["its check fails", "its base moved on"])("drops a group where %s", async (why) => {
    const { number, sha } = await openPull(bench.as("wim"), "edge", "a.txt", "a\n");
    await check(sha, "success");
    const from = await tipOfMain();
    const group = await queue(number);
    const isMoved = why === "its base moved on";
    const base = isMoved ? await commitFile(bench.as("wim"), "main", "b.txt", "b\n") : from;
    await check(group, isMoved ? "success" : "failure");
    expect(await tipOfMain()).toBe(base);
    expect(await statusOfBranch(number, from)).toBe(404);
    const { data } = await bench.bot.rest.pulls.get({ ...here, pull_number: number });
    expect(data).toMatchObject({ merged: false, state: "open" });
  });
});
