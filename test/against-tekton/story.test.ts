import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildChapter } from "../../src/demo/story/build-chapter.ts";
import { exchangeChapter } from "../../src/demo/story/exchange-chapter.ts";
import { promotionChapter } from "../../src/demo/story/promotion-chapter.ts";
import { retryChapter } from "../../src/demo/story/retry-chapter.ts";
import { reviewChapter } from "../../src/demo/story/review-chapter.ts";
import { openStage, type OpenStage } from "../e2e/support/open-stage.ts";
import { claimsFolder, hostForPods } from "./support/reach.ts";
import { startRealCluster } from "./support/start-real-cluster.ts";

const minute = 60_000;

/** What is built has to reach the stand-in for GitHub, and the story looks into the claim that images are built into. */
const suite = (await claimsFolder()) === "" ? describe.skip : describe;

suite("the story of a stream with the pipelines of this repository", () => {
  let stage: OpenStage;
  let added = 0;
  let retried = 0;
  beforeAll(async () => {
    stage = await openStage({ host: await hostForPods(), startCluster: startRealCluster });
  }, 5 * minute);
  afterAll(() => stage.close(), minute);

  test(
    "a pull request is reviewed",
    async () => {
      added = await reviewChapter(stage);
      expect(added).toBe(1);
    },
    minute,
  );

  test("its merge is built, verified and released", () => buildChapter(stage, added), 3 * minute);

  test("an exchanged task is what the next builds run", () => exchangeChapter(stage), 5 * minute);

  test(
    "a failed build is built again by comment",
    async () => {
      retried = await retryChapter(stage);
      expect(retried).toBeGreaterThan(added);
    },
    3 * minute,
  );

  test(
    "the release is promoted by comments and published",
    () => promotionChapter(stage, retried),
    3 * minute,
  );
});
