import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { BuildCluster } from "../../src/demo/build-cluster.ts";
import { demoRepository, repositoryFiles } from "../../src/demo/demo-repository.ts";
import { botComments, checkRun, observe, type CheckRun } from "../../src/demo/story/observe.ts";
import { holdBuilds } from "./support/hold-builds.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";
import { startTrials, trialRuns } from "./support/start-trials.ts";

const minute = 60_000;
const { owner, name: repo } = demoRepository;
const settings = ".github/okd-streams.yml";
const streamPath = "streams/edge.yaml";
const files = repositoryFiles();

describe("a bot that is killed while a pull request is tried", () => {
  let stage: OpenStage;
  let trials: BuildCluster;
  let pull: number;
  let head: string;
  beforeAll(async () => {
    stage = await openStage({
      startTrials: async (options) => (trials = await startTrials(options)),
      files: { [settings]: `${files[settings] ?? ""}trials: true\n` },
    });
  }, minute);
  afterAll(() => stage.close(), minute);

  const propose = (packages: string) =>
    stage.people.omar.push({
      into: `${owner}/${repo}`,
      branch: "more-packages",
      message: `Add ${packages}`,
      files: {
        [streamPath]: (files[streamPath] ?? "").replace(/^(\s+packages: .*)$/m, `$1 ${packages}`),
      },
    });
  const trialCheck = (sha: string, wish: (check: CheckRun) => boolean) =>
    observe("the trial's check", () => checkRun(stage, sha, "okd-streams / trial (edge)"), wish);
  const restart = async () => {
    await stage.world.bot.kill();
    await stage.world.bot.start();
  };

  test(
    "starts no second trial and loses no result",
    async () => {
      const { omar, maya } = stage.people;
      head = await propose("htop");
      const { data } = await omar.octokit.rest.pulls.create({
        owner,
        repo,
        head: "more-packages",
        base: "main",
        title: "Add packages to the edge stream",
      });
      pull = data.number;
      await observe("the review", () => checkRun(stage, head, "okd-streams / validate"));
      const held = await holdBuilds(trials.registry);
      await maya.comment(pull, "/test edge");
      await restart();
      await trialCheck(head, ({ status }) => status === "in_progress");
      await restart();
      await trialCheck(head, ({ status }) => status === "in_progress");
      await observe("the build stands still", async () => {
        await stage.world.bot.kill();
        return held.letGo("its disk is being moved").then(
          () => true,
          () => undefined,
        );
      });
      await stage.world.bot.start();
      const done = await trialCheck(head, ({ status }) => status === "completed");
      expect(done.conclusion).toBe("failure");
      expect(done.output.summary).toContain("its disk is being moved");
      expect(await trialRuns(trials)).toHaveLength(1);
    },
    2 * minute,
  );

  test(
    "stops the trial of a head that moved on while it was down",
    async () => {
      await holdBuilds(trials.registry);
      await stage.people.maya.comment(pull, "/test edge");
      await observe("the second trial", async () =>
        (await trialRuns(trials)).length === 2 ? true : undefined,
      );
      await trialCheck(head, ({ status }) => status === "in_progress");
      await stage.world.bot.kill();
      const next = await propose("htop strace");
      await stage.world.bot.start();
      const stopped = await trialCheck(
        head,
        ({ status, conclusion }) => status === "completed" && conclusion === "cancelled",
      );
      expect(stopped.output.summary).toContain(`the pull request moved on to ${next.slice(0, 10)}`);
      const runs = await trialRuns(trials);
      expect(runs.map(({ spec }) => spec.status)).toEqual([undefined, "CancelledRunFinally"]);
      const about = (await botComments(stage, pull)).filter(({ body }) =>
        body?.includes("trial build of this pull request"),
      );
      expect(about).toHaveLength(1);
    },
    2 * minute,
  );
});
