import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildChapter } from "../../src/demo/story/build-chapter.ts";
import { reviewChapter } from "../../src/demo/story/review-chapter.ts";
import { openStage, type OpenStage } from "../e2e/support/open-stage.ts";
import { claimsFolder, startRealCluster } from "./support/start-real-cluster.ts";

const minute = 60_000;

/** What is built has to reach the stand-in for GitHub, on this machine. */
const suite = (await claimsFolder()) === "" ? describe.skip : describe;

suite("the story of a stream with the pipelines of this repository", () => {
  let stage: OpenStage;
  let added = 0;
  beforeAll(async () => {
    stage = await openStage({ startCluster: startRealCluster });
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
});
