import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bench, here, openPull, startBench, statusOf } from "./helpers.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
  await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
});
afterEach(async () => {
  await bench.close();
});

const comments = (method: string, path: string): boolean =>
  method === "POST" && path.endsWith("/comments");
const comment = (signal?: AbortSignal) =>
  bench.bot.rest.issues.createComment({
    ...here,
    issue_number: 1,
    body: "x",
    ...(signal === undefined ? {} : { request: { signal } }),
  });
const count = async (): Promise<number> =>
  (await bench.bot.rest.issues.listComments({ ...here, issue_number: 1 })).data.length;

describe("a fault", () => {
  test.each([500, 429] as const)("answers %s as often as it was asked to", async (respond) => {
    bench.sandbox.fault({ match: comments, times: 1, respond });
    expect(await statusOf(comment())).toBe(respond);
    expect(await count()).toBe(0);
    expect(await statusOf(comment())).toBe(200);
  });

  test("loses only the answer", async () => {
    bench.sandbox.fault({ match: comments, times: 1, respond: "drop", after: true });
    await expect(comment()).rejects.toThrow();
    expect(await count()).toBe(1);
  });

  test("never answers", async () => {
    bench.sandbox.fault({ match: comments, times: 1, respond: "hang" });
    await expect(comment(AbortSignal.timeout(200))).rejects.toThrow();
    expect(await count()).toBe(0);
  });
});

test("calls are counted with their route and who made them", async () => {
  const before = bench.sandbox.restCalls().length;
  await comment();
  const calls = bench.sandbox.restCalls().slice(before);
  expect(calls.at(-1)).toMatchObject({
    method: "POST",
    route: "/repos/:owner/:repo/issues/:number/comments",
    path: "/repos/okd/streams/issues/1/comments",
    status: 201,
    actor: "okd-streams[bot]",
  });
});
