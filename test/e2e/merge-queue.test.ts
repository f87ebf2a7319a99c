import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { demoRepository, repositoryFiles } from "../../src/demo/demo-repository.ts";
import { botComment, checkRun, observe, pullRequest } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { waitFor } from "../../src/demo/wait-for.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const { owner, name: repo } = demoRepository;
const streamPath = "streams/edge.yaml";
const edge = repositoryFiles()[streamPath] ?? "";

describe("a pull request that goes through a merge queue", () => {
  let stage: OpenStage;
  let pull: number;
  let group: string;
  beforeAll(async () => {
    stage = await openStage();
    const { omar } = stage.people;
    const head = await omar.push({
      into: `${owner}/${repo}`,
      branch: "more-packages",
      message: "Add htop",
      files: { [streamPath]: edge.replace(/^(\s+packages: .*)$/m, "$1 htop") },
    });
    const { data } = await omar.octokit.rest.pulls.create({
      owner,
      repo,
      head: "more-packages",
      base: "main",
      title: "Add htop to the edge stream",
    });
    pull = data.number;
    for (const name of ["validate", "plan", "promotion"])
      await observe(
        name,
        () => checkRun(stage, head, `okd-streams / ${name}`),
        ({ status }) => status === "completed",
      );
  }, minute);
  afterAll(() => stage.close(), minute);

  const checksOfGroup = async () => {
    const { data } = await stage.people.casey.octokit.rest.checks.listForRef({
      owner,
      repo,
      ref: group,
      filter: "all",
    });
    return data.check_runs.filter(({ name }) => !name.includes("build ("));
  };

  test(
    "is merged by its group's checks, although the bot is killed before it is told of the first",
    async () => {
      const { sandbox, bot } = stage.world;
      const isCheck = (method: string, path: string) =>
        method === "POST" && path.endsWith("/check-runs");
      const before = sandbox.restCalls().length;
      sandbox.fault({ match: isCheck, times: 1, respond: "hang", after: true });
      group = await sandbox.queuePull(owner, repo, pull, "maya");
      await waitFor(
        "the first check is written",
        () => {
          const calls = sandbox.restCalls().slice(before);
          return Promise.resolve(
            calls.some(({ method, path }) => isCheck(method, path)) || undefined,
          );
        },
        { timeoutMs: minute, everyMs: 20 },
      );
      await bot.kill();
      await bot.start();
      const merged = await observe("the merge", async () => {
        const now = await pullRequest(stage, pull);
        return now.merged ? now : undefined;
      });
      expect(merged.merge_commit_sha).toBe(group);
    },
    2 * minute,
  );

  test("had each of the three checks once, all passed", async () => {
    const checks = await observe("all three", async () => {
      const all = await checksOfGroup();
      return all.length >= 3 && all.every(({ status }) => status === "completed") ? all : undefined;
    });
    expect(checks.map(({ name, conclusion }) => [name, conclusion]).toSorted()).toEqual([
      ["okd-streams / plan", "success"],
      ["okd-streams / promotion", "neutral"],
      ["okd-streams / validate", "success"],
    ]);
  });

  test(
    "is built once, at the commit of its group, and told of on the pull request",
    async () => {
      await observe("the build", () =>
        botComment(stage, pull, "The build of this pull request succeeded"),
      );
      const builds = (await pipelineRuns(stage, "edge")).filter(
        ({ metadata }) => metadata.labels["streams.okd.io/kind"] === "build",
      );
      expect(builds).toHaveLength(1);
      const check = await checkRun(stage, group, "okd-streams / build (edge)");
      expect(check?.conclusion).toBe("success");
    },
    2 * minute,
  );
});
