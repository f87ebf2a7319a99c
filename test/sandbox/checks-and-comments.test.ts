import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bench, here, openPull, startBench, statusOf } from "./helpers.ts";

let bench: Bench;
let sha: string;
beforeEach(async () => {
  bench = await startBench();
  sha = (await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n")).sha;
});
afterEach(async () => {
  await bench.close();
});

const annotation = {
  path: "a.yaml",
  start_line: 1,
  end_line: 1,
  annotation_level: "failure" as const,
  message: "wrong",
};

function output(annotations: number, summary = "s") {
  return {
    title: "t",
    summary,
    annotations: Array.from({ length: annotations }, () => annotation),
  };
}

describe("a check run", () => {
  test("takes 50 annotations a request, and appends later ones", async () => {
    const create = (annotations: number) =>
      bench.bot.rest.checks.create({
        ...here,
        name: "validate",
        head_sha: sha,
        conclusion: "failure",
        output: output(annotations),
      });
    expect(await statusOf(create(51))).toBe(422);
    const run = await create(50);
    const more = await bench.bot.rest.checks.update({
      ...here,
      check_run_id: run.data.id,
      output: output(3),
    });
    expect(more.data.output.annotations_count).toBe(53);
    const all = await bench.bot.paginate(bench.bot.rest.checks.listAnnotations, {
      ...here,
      check_run_id: run.data.id,
    });
    expect(all).toHaveLength(53);
  });

  test("has a summary of at most 65,535 bytes", async () => {
    const create = (summary: string) =>
      bench.bot.rest.checks.create({
        ...here,
        name: "validate",
        head_sha: sha,
        output: output(0, summary),
      });
    expect(await statusOf(create("x".repeat(65_535)))).toBe(200);
    expect(await statusOf(create("ä".repeat(32_768)))).toBe(422);
  });

  test("of a name hides the older ones of that name, and is listed by name and page", async () => {
    for (const name of ["a", "b", "a"])
      await bench.bot.rest.checks.create({ ...here, name, head_sha: sha, status: "queued" });
    const list = async (filters: Record<string, unknown>): Promise<number> =>
      (await bench.bot.rest.checks.listForRef({ ...here, ref: sha, ...filters })).data.check_runs
        .length;
    expect(await list({})).toBe(2);
    expect(await list({ filter: "all" })).toBe(3);
    expect(await list({ check_name: "a" })).toBe(1);
    expect(await list({ app_id: 1 })).toBe(0);
    expect(await list({ per_page: 1, page: 3 })).toBe(0);
  });

  test("tells when it completes, and asks the App when somebody wants it again", async () => {
    const run = await bench.bot.rest.checks.create({ ...here, name: "validate", head_sha: sha });
    await bench.bot.rest.checks.update({
      ...here,
      check_run_id: run.data.id,
      conclusion: "success",
    });
    await bench.as("wim").rest.checks.rerequestRun({ ...here, check_run_id: run.data.id });
    const reader = bench.as("rea").rest.checks.rerequestRun({ ...here, check_run_id: run.data.id });
    expect(await statusOf(reader)).toBe(403);
    await bench.sandbox.settled();
    const actions = bench.hooks.received
      .filter(({ event }) => event === "check_run")
      .map(({ payload }) => payload.action);
    expect(actions).toEqual(["created", "completed", "rerequested"]);
    expect(bench.hooks.received.at(-1)?.payload).toMatchObject({
      sender: { login: "wim" },
      check_run: { conclusion: "success", pull_requests: [{ number: 1 }] },
    });
  });

  test("of an unknown commit is refused", async () => {
    const create = bench.bot.rest.checks.create({ ...here, name: "x", head_sha: "f".repeat(40) });
    expect(await statusOf(create)).toBe(422);
  });
});

describe("a comment", () => {
  const create = (body: string) =>
    bench.bot.rest.issues.createComment({ ...here, issue_number: 1, body });

  test("of the App is its bot's, and is edited and deleted with a webhook for each", async () => {
    const { data } = await create("first");
    expect(data.user).toMatchObject({ login: "okd-streams[bot]", type: "Bot" });
    await bench.bot.rest.issues.updateComment({ ...here, comment_id: data.id, body: "second" });
    const foreign = bench
      .as("rea")
      .rest.issues.updateComment({ ...here, comment_id: data.id, body: "mine" });
    expect(await statusOf(foreign)).toBe(403);
    await bench.as("mia").rest.issues.deleteComment({ ...here, comment_id: data.id });
    await bench.sandbox.settled();
    const actions = bench.hooks.received
      .filter(({ event }) => event === "issue_comment")
      .map(({ payload }) => payload.action);
    expect(actions).toEqual(["created", "edited", "deleted"]);
  });

  test("has at most 65,536 characters and at least one", async () => {
    expect(await statusOf(create("x".repeat(65_536)))).toBe(200);
    expect(await statusOf(create("x".repeat(65_537)))).toBe(422);
    expect(await statusOf(create(" "))).toBe(422);
  });

  test("is listed page by page, oldest first", async () => {
    for (const body of ["1", "2", "3"]) await create(body);
    const all = await bench.bot.paginate(bench.bot.rest.issues.listComments, {
      ...here,
      issue_number: 1,
      per_page: 2,
    });
    expect(all.map(({ body }) => body)).toEqual(["1", "2", "3"]);
  });

  test("keeps one reaction of a kind and person", async () => {
    const { data } = await create("react");
    const react = () =>
      bench.bot.rest.reactions.createForIssueComment({
        ...here,
        comment_id: data.id,
        content: "eyes",
      });
    expect((await react()).status).toBe(201);
    expect((await react()).status).toBe(200);
    const list = await bench.bot.rest.reactions.listForIssueComment({
      ...here,
      comment_id: data.id,
    });
    expect(list.data).toHaveLength(1);
  });
});

describe("GitHub's limit on content", () => {
  test("is met where it is switched on", async () => {
    await bench.close();
    bench = await startBench({ contentCreationsPerMinute: 2 });
    await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    const create = () =>
      bench.bot.rest.issues.createComment({ ...here, issue_number: 1, body: "x" });
    await create();
    await expect(create()).rejects.toMatchObject({
      status: 403,
      response: { headers: { "retry-after": "60" } },
    });
  });
});
