import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { playStory } from "../../src/demo/story/play-story.ts";
import { botComments } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import type { World } from "../../src/demo/start-world.ts";
import { waitFor } from "../../src/demo/wait-for.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;

describe("a bot that is killed at every step of the story", () => {
  let stage: OpenStage;
  let kills = 0;
  beforeAll(async () => {
    stage = await openStage({ afterAct: killInTheMiddle });
  }, minute);
  afterAll(() => stage.close(), minute);

  /** Kills it after one, two, three … of the calls that the step makes it do, so that each step breaks elsewhere. */
  async function killInTheMiddle(world: World, step: number): Promise<void> {
    const before = callsOfBot(world);
    const wanted = 1 + (step % 5);
    await waitFor(
      "the bot is in the middle of its work",
      () => Promise.resolve(callsOfBot(world) >= before + wanted ? true : undefined),
      { timeoutMs: 1500, everyMs: 5 },
    ).catch(() => undefined);
    await world.bot.kill();
    kills += 1;
    await world.bot.start();
  }

  test("ends in the same result", () => playStory(stage), 5 * minute);

  test("was killed at each step", () => {
    expect(kills).toBeGreaterThanOrEqual(12);
  });

  test("lost no build and built nothing twice", async () => {
    const runs = await pipelineRuns(stage);
    const names = runs.map((run) => run.metadata.name);
    expect(new Set(names).size).toBe(names.length);
    const builds = runs.filter(
      ({ metadata }) => metadata.labels["streams.okd.io/kind"] === "build",
    );
    expect(builds.map(({ metadata }) => metadata.labels["streams.okd.io/stream"]).sort()).toEqual(
      ["bare-metal", "edge", "gateway", "gateway", "hpc", "hpc", "hpc", "openstack"].sort(),
    );
  });

  test.each([1, 2, 3, 4])("doubled no comment on pull request %i", async (number) => {
    const comments = await botComments(stage, number);
    const markers = comments.map((comment) => comment.body?.split("\n")[0]);
    expect(new Set(markers).size).toBe(markers.length);
    expect(markers.length).toBeGreaterThan(0);
  });
});

function callsOfBot(world: World): number {
  return world.sandbox.restCalls().filter(({ actor }) => actor === "okd-streams[bot]").length;
}
