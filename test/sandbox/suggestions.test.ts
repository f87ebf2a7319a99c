import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bench, commitFile, here, openPull, startBench, statusOf } from "./helpers.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.close();
});

const path = "streams/new.yaml";
const suggestion = "Better:\n\n```suggestion\nb: 2\nc: 3\n```";

async function propose(): Promise<{ readonly number: number; readonly sha: string }> {
  return openPull(bench.as("wim"), "edge", path, "a: 1\nb: 1\nd: 4\n");
}

function review(
  pull: { readonly number: number; readonly sha: string },
  comment: Readonly<{ path?: string; line?: number; start_line?: number; body?: string }> = {},
) {
  return bench.bot.rest.pulls.createReview({
    ...here,
    pull_number: pull.number,
    commit_id: pull.sha,
    event: "COMMENT",
    body: "One change.",
    comments: [{ path, line: 2, side: "RIGHT", body: suggestion, ...comment }],
  });
}

const read = async (ref: string): Promise<string> => {
  const { data } = await bench.bot.rest.repos.getContent({ ...here, path, ref });
  return "content" in data ? Buffer.from(data.content, "base64").toString("utf8") : "";
};

describe("a review with comments on lines", () => {
  test("is listed with them, and tells that it was submitted", async () => {
    const pull = await propose();
    const { data } = await review(pull, { start_line: 1 });
    const listed = await bench.bot.rest.pulls.listReviewComments({
      ...here,
      pull_number: pull.number,
    });
    expect(listed.data).toMatchObject([
      { path, line: 2, start_line: 1, side: "RIGHT", pull_request_review_id: data.id },
    ]);
    expect(listed.data[0]?.diff_hunk).toMatch(/^@@ .*\n\+a: 1\n\+b: 1$/);
    await bench.sandbox.settled();
    expect(bench.hooks.received.map(({ event }) => event)).toContain("pull_request_review");
  });

  test.each([
    ["a line that the diff does not show", { line: 4 }],
    ["a file that is not changed", { path: "README.md" }],
    ["lines in the wrong order", { start_line: 3, line: 2 }],
  ])("is refused for %s: 422", async (_what, comment) => {
    const pull = await propose();
    expect(await statusOf(review(pull, comment))).toBe(422);
    const { data } = await bench.bot.rest.pulls.listReviews({ ...here, pull_number: pull.number });
    expect(data).toEqual([]);
  });

  test("is refused for a commit that is not the head: 422", async () => {
    const pull = await propose();
    await commitFile(bench.as("wim"), "edge", path, "a: 2\n");
    expect(await statusOf(review(pull))).toBe(422);
  });
});

describe("a suggestion on the page", () => {
  const pageOf = async (number: number): Promise<string> =>
    (await fetch(`${bench.sandbox.url}/okd/streams/pull/${number.toString()}`)).text();
  const take = (number: number, comment: number, as: string) =>
    fetch(`${bench.sandbox.url}/okd/streams/pull/${number.toString()}/suggestion`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: bench.sandbox.url },
      body: new URLSearchParams({ as, comment: comment.toString() }),
    });

  test("is taken with a click by whoever may push, and is outdated then", async () => {
    const pull = await propose();
    await review(pull);
    const listed = await bench.bot.rest.pulls.listReviewComments({
      ...here,
      pull_number: pull.number,
    });
    const id = Number(listed.data[0]?.id);
    expect(await pageOf(pull.number)).toContain("Commit suggestion");
    await take(pull.number, id, "rea");
    expect(await read("edge")).toBe("a: 1\nb: 1\nd: 4\n");
    await take(pull.number, id, "wim");
    expect(await read("edge")).toBe("a: 1\nb: 2\nc: 3\nd: 4\n");
    const page = await pageOf(pull.number);
    expect(page).toContain("outdated");
    expect(page).not.toContain("Commit suggestion");
    const again = await take(pull.number, id, "wim");
    expect(decodeURIComponent(again.headers.get("location") ?? "")).toContain("outdated");
  });

  test("is nothing but text, whatever stands in it", async () => {
    const pull = await propose();
    await review(pull, {
      body: "<script>alert(1)</script>\n\n````suggestion\n```\n</pre><b id=x>\n````",
    });
    const page = await pageOf(pull.number);
    expect(page).not.toContain("<script>alert");
    expect(page).not.toContain("<b id=x>");
  });
});
