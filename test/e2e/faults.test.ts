import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildChapter } from "../../src/demo/story/build-chapter.ts";
import { botComments, observe } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { reviewChapter } from "../../src/demo/story/review-chapter.ts";
import { startHttpProxy, type HttpProxy } from "../support/start-http-proxy.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;

describe("a bot whose GitHub and whose EventListener fail again and again", () => {
  let stage: OpenStage;
  let proxy: HttpProxy;
  beforeAll(async () => {
    stage = await openStage({
      async throughListener(url) {
        proxy = await startHttpProxy(url, [500, 429, "drop", "drop the answer"]);
        return proxy.url;
      },
    });
    const { sandbox } = stage.world;
    const posts = (what: RegExp) => (method: string, path: string) =>
      method === "POST" && what.test(path);
    sandbox.fault({ match: posts(/access_tokens$/), times: 1, respond: 500 });
    sandbox.fault({ match: posts(/check-runs$/), times: 2, respond: 502 });
    sandbox.fault({ match: posts(/check-runs$/), times: 1, respond: "drop", after: true });
    sandbox.fault({ match: posts(/pulls\/1\/comments$/), times: 1, respond: 429 });
    sandbox.fault({ match: posts(/issues\/1\/comments$/), times: 1, respond: "drop", after: true });
  }, minute);
  afterAll(async () => {
    await stage.close();
    await proxy.close();
  }, minute);

  let pull = 0;
  test(
    "still reviews the pull request",
    async () => {
      pull = await reviewChapter(stage);
      expect(pull).toBe(1);
    },
    2 * minute,
  );

  test(
    "still builds its merge, and says meanwhile what it waits for",
    async () => {
      const waiting = observe("what it waits for is said", async () => {
        const comments = await botComments(stage, pull);
        return comments.find((comment) => comment.body?.includes("Waiting for cluster laptop"));
      });
      await Promise.all([buildChapter(stage, pull), waiting]);
      expect(proxy.met.slice(0, 4).map(({ behaviour }) => behaviour)).toEqual([
        500,
        429,
        "drop",
        "drop the answer",
      ]);
    },
    2 * minute,
  );

  test("asked for one run, although the answer to the request was lost", async () => {
    const runs = await pipelineRuns(stage, "gateway");
    expect(runs).toHaveLength(1);
  });

  test("wrote no comment twice, although answers were lost", async () => {
    const comments = await botComments(stage, pull);
    const markers = comments.map((comment) => comment.body?.split("\n")[0]);
    expect(new Set(markers).size).toBe(markers.length);
  });
});
