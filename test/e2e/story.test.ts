import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildChapter } from "../../src/demo/story/build-chapter.ts";
import { exchangeChapter } from "../../src/demo/story/exchange-chapter.ts";
import { promotionChapter } from "../../src/demo/story/promotion-chapter.ts";
import { retryChapter } from "../../src/demo/story/retry-chapter.ts";
import { reviewChapter } from "../../src/demo/story/review-chapter.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const bot = "okd-streams[bot]";

describe("the story of a stream", () => {
  let stage: OpenStage;
  let added = 0;
  let retried = 0;
  beforeAll(async () => {
    stage = await openStage();
  }, minute);
  afterAll(() => stage.close(), minute);

  test(
    "a pull request is reviewed, exactly and in one comment",
    async () => {
      added = await reviewChapter(stage);
      expect(added).toBe(1);
    },
    minute,
  );

  test("a pull request's event costs at most 6 REST calls", () => {
    const { sandbox } = stage.world;
    const events = sandbox.deliveries().filter(({ event }) => event === "pull_request");
    const calls = sandbox
      .restCalls()
      .filter(({ actor, path }) => actor === bot && isOfReview(path));
    expect(events).toHaveLength(2);
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.length).toBeLessThanOrEqual(6 * events.length);
  });

  test("its merge is built and released", () => buildChapter(stage, added), minute);
  test("an exchanged task is what the next builds run", () => exchangeChapter(stage), 2 * minute);

  test(
    "a failed build is built again by comment",
    async () => {
      retried = await retryChapter(stage);
      expect(retried).toBeGreaterThan(added);
    },
    minute,
  );

  test(
    "the release is promoted by comments and published",
    () => promotionChapter(stage, retried),
    minute,
  );

  test("every webhook arrived, but for the one that was sent before the bot was there", () => {
    const missed = stage.world.sandbox.deliveries().filter(({ statusCode }) => statusCode !== 202);
    expect(missed.map(({ event }) => event)).toEqual(["installation"]);
  });
});

/** Tokens aside, and what the comparison at the start asks for: pull requests, and proposals with their label. */
function isOfReview(path: string): boolean {
  return !/access_tokens|\/installation\/repositories|\/labels|\/(pulls|issues)$/.test(path);
}
