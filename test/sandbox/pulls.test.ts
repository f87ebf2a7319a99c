import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  type Bench,
  commitFile,
  eventually,
  here,
  newBranch,
  openPull,
  startBench,
  statusOf,
} from "./helpers.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.close();
});

async function mergeable(number: number): Promise<boolean> {
  return eventually(async () => {
    const { data } = await bench.bot.rest.pulls.get({ ...here, pull_number: number });
    return data.mergeable ?? undefined;
  });
}

describe("a pull request", () => {
  test("is opened, pushed to and merged, with a webhook for each", async () => {
    const wim = bench.as("wim");
    const { number, sha } = await openPull(wim, "edge", "streams/edge.yaml", "kind: Stream\n");
    const next = await commitFile(wim, "edge", "streams/new.yaml", "kind: Stream\n");
    expect(await mergeable(number)).toBe(true);
    const merged = await wim.rest.pulls.merge({ ...here, pull_number: number, sha: next });
    expect(merged.data.merged).toBe(true);
    await bench.sandbox.settled();
    const story = bench.hooks.received
      .filter(({ event }) => event === "pull_request" || event === "push")
      .map(({ event, payload }) => (event === "push" ? payload["ref"] : payload.action));
    expect(story).toEqual([
      "refs/heads/edge",
      "refs/heads/edge",
      "opened",
      "refs/heads/edge",
      "synchronize",
      "closed",
      "refs/heads/main",
    ]);
    const synchronize = bench.hooks.received.find(
      ({ payload }) => payload.action === "synchronize",
    );
    expect(synchronize?.payload).toMatchObject({ before: sha, after: next });
    const commit = await wim.rest.repos.getCommit({ ...here, ref: merged.data.sha });
    expect(commit.data.parents.map((parent) => parent.sha)).toContain(next);
  });

  test.each(["squash", "rebase"] as const)("is merged by %s onto a moved base", async (method) => {
    const wim = bench.as("wim");
    const { number } = await openPull(wim, "edge", "streams/new.yaml", "kind: Stream\n");
    await commitFile(wim, "main", "README.md", "# Moved\n");
    await wim.rest.pulls.merge({ ...here, pull_number: number, merge_method: method });
    const { data } = await wim.rest.repos.getCommit({ ...here, ref: "main" });
    expect(data.parents).toHaveLength(1);
    expect(data.files?.map((file) => file.filename)).toEqual(["streams/new.yaml"]);
    const readme = await wim.rest.repos.getContent({ ...here, path: "README.md" });
    expect(readme.data).toMatchObject({
      content: Buffer.from("# Moved\n").toString("base64"),
    });
  });

  test("does not know at first whether it can be merged", async () => {
    const wim = bench.as("wim");
    const { number } = await openPull(wim, "edge", "streams/new.yaml", "x: 1\n");
    await bench.sandbox.settled();
    const opened = bench.hooks.received.find(({ payload }) => payload.action === "opened");
    expect(opened?.payload).toMatchObject({ pull_request: { mergeable: null } });
    expect(await mergeable(number)).toBe(true);
  });

  test("with a conflict is not mergeable: 405", async () => {
    const wim = bench.as("wim");
    const { number } = await openPull(wim, "edge", "streams/edge.yaml", "kind: Mine\n");
    await commitFile(wim, "main", "streams/edge.yaml", "kind: Theirs\n");
    expect(await mergeable(number)).toBe(false);
    const merge = wim.rest.pulls.merge({ ...here, pull_number: number });
    await expect(merge).rejects.toMatchObject({
      status: 405,
      message: expect.stringContaining("Pull Request is not mergeable"),
    });
  });

  test("whose head moved is not merged: 409", async () => {
    const wim = bench.as("wim");
    const { number, sha } = await openPull(wim, "edge", "streams/new.yaml", "x: 1\n");
    await commitFile(wim, "edge", "streams/new.yaml", "x: 2\n");
    expect(await statusOf(wim.rest.pulls.merge({ ...here, pull_number: number, sha }))).toBe(409);
  });

  test("is not merged by a reader, and merged by a writer", async () => {
    const { number } = await openPull(bench.as("wim"), "edge", "streams/new.yaml", "x: 1\n");
    const merge = (login: string): Promise<unknown> =>
      bench.as(login).rest.pulls.merge({ ...here, pull_number: number });
    expect(await statusOf(merge("rea"))).toBe(403);
    expect(await statusOf(merge("tom"))).toBe(403);
    expect(await statusOf(merge("wim"))).toBe(200);
  });

  test("of commits that base already has is refused: 422", async () => {
    const wim = bench.as("wim");
    await newBranch(wim, "same");
    const open = wim.rest.pulls.create({ ...here, head: "same", base: "main", title: "Nothing" });
    expect(await statusOf(open)).toBe(422);
  });

  test("lists files with their patches and commits page by page", async () => {
    const wim = bench.as("wim");
    const { number } = await openPull(wim, "edge", "streams/edge.yaml", "kind: Stream\nname: e\n");
    await commitFile(wim, "edge", "a b.yaml", "x: 1\n");
    const files = await wim.rest.pulls.listFiles({ ...here, pull_number: number });
    expect(files.data.map(({ filename, status }) => [filename, status])).toEqual([
      ["a b.yaml", "added"],
      ["streams/edge.yaml", "modified"],
    ]);
    expect(files.data[1]?.patch).toContain("-name: edge\n+name: e");
    const pages = await wim.paginate(wim.rest.pulls.listCommits, {
      ...here,
      pull_number: number,
      per_page: 1,
    });
    expect(pages).toHaveLength(2);
  });
});

describe("the protection of the default branch", () => {
  beforeEach(async () => {
    await bench.close();
    bench = await startBench({}, { requiredChecks: ["validate"], requiredReviews: 1 });
  });

  test("holds a merge back until its checks passed and a writer approved", async () => {
    const wim = bench.as("wim");
    const { number, sha } = await openPull(bench.bot, "edge", "streams/new.yaml", "x: 1\n");
    const merge = (): Promise<unknown> => wim.rest.pulls.merge({ ...here, pull_number: number });
    await expect(merge()).rejects.toMatchObject({
      status: 405,
      message: expect.stringContaining('Required status check "validate" is expected.'),
    });
    await bench.bot.rest.checks.create({
      ...here,
      name: "validate",
      head_sha: sha,
      conclusion: "failure",
    });
    await expect(merge()).rejects.toThrow('Required status check "validate" is failing.');
    await bench.bot.rest.checks.create({
      ...here,
      name: "validate",
      head_sha: sha,
      conclusion: "neutral",
    });
    const review = (login: string): Promise<unknown> =>
      bench.as(login).rest.pulls.createReview({ ...here, pull_number: number, event: "APPROVE" });
    await review("rea");
    await expect(merge()).rejects.toThrow("At least 1 approving review is required");
    await review("mia");
    expect(await statusOf(merge())).toBe(200);
  });
});
