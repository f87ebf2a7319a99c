import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { BuildCluster } from "../../src/demo/build-cluster.ts";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import { packageRoot } from "../../src/package-root.ts";
import { trialsPlace } from "../../src/demo/start-world.ts";
import { botComment, checkRun, observe } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";
import { startTrials, trialRuns } from "./support/start-trials.ts";

const minute = 60_000;
const { owner, name: repo } = demoRepository;
const settings = ".github/okd-streams.yml";
const streamPath = "streams/edge.yaml";
const own = (path: string) => readFileSync(join(packageRoot, path), "utf8");

let trials: BuildCluster;

describe("a pull request is tried before its merge", () => {
  let stage: OpenStage;
  let pull: number;
  let head: string;
  beforeAll(async () => {
    stage = await openStage({
      startTrials: async (options) => (trials = await startTrials(options)),
      files: { [settings]: `${own(settings)}trials: true\n` },
    });
  }, minute);
  afterAll(() => stage.close(), minute);

  const runs = async () => JSON.stringify(await trialRuns(trials));
  const propose = async (packages: string) =>
    stage.people.casey.push({
      into: `casey/${repo}`,
      branch: "more-packages",
      message: `Add ${packages}`,
      files: { [streamPath]: own(streamPath).replace(/^(\s+packages: .*)$/m, `$1 ${packages}`) },
    });

  test(
    "a fork's commit does not run, and the answer is the line that lets it",
    async () => {
      const { casey, maya } = stage.people;
      await stage.world.sandbox.fork(owner, repo, "casey");
      head = await propose("htop");
      const { data } = await casey.octokit.rest.pulls.create({
        owner,
        repo,
        head: "casey:more-packages",
        base: "main",
        title: "Add packages to the edge stream",
      });
      pull = data.number;
      await maya.comment(pull, "/test");
      const answer = await observe("the refusal", () =>
        botComment(stage, pull, `/ok-to-test ${head}`),
      );
      expect(answer.body).toContain("This commit comes from another repository");
      await casey.comment(pull, `/ok-to-test ${head}`);
      await observe("Casey is refused", () =>
        botComment(stage, pull, "is for maintainers of this"),
      );
      expect(await runs()).not.toContain(head);
    },
    2 * minute,
  );

  test(
    "a maintainer's word lets it, in the trials' namespace and under their account",
    async () => {
      await stage.people.maya.comment(pull, `/ok-to-test ${head}`);
      const done = await observe(
        "the trial ends",
        () => checkRun(stage, head, "okd-streams / trial (edge)"),
        ({ status }) => status === "completed",
      );
      expect(done.conclusion).toBe("success");
      const seen = await runs();
      expect(seen).toContain(head);
      expect(seen).toContain(`"serviceAccountName":"${trialsPlace.serviceAccount}"`);
      expect(await pipelineRuns(stage, "edge")).toEqual([]);
      await observe("the comment", () =>
        botComment(stage, pull, "The trial build of this pull request succeeded"),
      );
    },
    2 * minute,
  );

  test(
    "the next commit needs a word of its own",
    async () => {
      const next = await propose("htop strace");
      await observe("the new head is reviewed", () =>
        checkRun(stage, next, "okd-streams / validate"),
      );
      await stage.people.maya.comment(pull, "/test edge");
      await observe("the line for it", () => botComment(stage, pull, `/ok-to-test ${next}`));
      expect(await runs()).not.toContain(next);
    },
    2 * minute,
  );
});
