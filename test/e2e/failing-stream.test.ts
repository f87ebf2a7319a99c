import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { demoRepository, repositoryFiles } from "../../src/demo/demo-repository.ts";
import { observe } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { waitFor } from "../../src/demo/wait-for.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const { owner, name: repo, defaultBranch } = demoRepository;
const streamPath = "streams/edge.yaml";
const edge = repositoryFiles()[streamPath] ?? "";

describe("a stream that fails where no pull request tells of it", () => {
  let stage: OpenStage;
  let lock: string;
  let number: number;
  beforeAll(async () => {
    stage = await openStage();
    lock = join(stage.world.registry, "READ-ONLY");
    await mkdir(stage.world.registry, { recursive: true });
    await writeFile(lock, "its disk is being moved");
  }, minute);
  afterAll(() => stage.close(), minute);

  const { sandbox, bot } = { sandbox: () => stage.world.sandbox, bot: () => stage.world.bot };
  const restart = async () => {
    await bot().kill();
    await bot().start();
  };
  const build = (packages: string) =>
    stage.people.maya.push({
      into: `${owner}/${repo}`,
      branch: defaultBranch,
      message: `Add ${packages}`,
      files: { [streamPath]: edge.replace(/^(\s+packages: .*)$/m, `$1 ${packages}`) },
    });
  const issues = async () => {
    const { data } = await stage.people.casey.octokit.rest.issues.listForRepo({
      owner,
      repo,
      state: "all",
      creator: "okd-streams[bot]",
    });
    return data;
  };
  const isWritten = (method: string, path: RegExp, since: number) =>
    sandbox()
      .restCalls()
      .slice(since)
      .some((call) => call.method === method && path.test(call.path));

  test(
    "gets one issue, although the bot is killed before it is told that it stands there",
    async () => {
      sandbox().fault({
        match: (method, path) => method === "POST" && path.endsWith(`/${repo}/issues`),
        times: 1,
        respond: "hang",
        after: true,
      });
      await build("htop");
      await waitFor(
        "the issue is written",
        () => Promise.resolve(isWritten("POST", /\/issues$/, 0) || undefined),
        { timeoutMs: minute, everyMs: 20 },
      );
      await restart();
      const [issue, ...others] = await observe("the issue", async () => {
        // It is the bot's again once the run that failed is settled, after which nothing is written.
        const found = await issues();
        return found.length > 0 && isWritten("GET", /\/issues$/, 0) ? found : undefined;
      });
      expect(others).toEqual([]);
      expect(issue).toMatchObject({ title: "Stream edge fails", state: "open" });
      expect(issue?.body).toContain("its disk is being moved");
      expect(issue?.body).toContain("That happened once");
      number = issue?.number ?? 0;
    },
    2 * minute,
  );

  test(
    "has it brought up to date in place when it fails again",
    async () => {
      await build("htop strace");
      await observe("the second failure", async () => {
        const [issue] = await issues();
        return issue?.body?.includes("2 times in a row") === true ? issue : undefined;
      });
      expect(await issues()).toHaveLength(1);
      const { data } = await stage.people.casey.octokit.rest.issues.listComments({
        owner,
        repo,
        issue_number: number,
      });
      expect(data).toEqual([]);
    },
    2 * minute,
  );

  test(
    "has it closed when it is well again, although the bot is killed while it closes it",
    async () => {
      await rm(lock);
      const before = sandbox().restCalls().length;
      sandbox().fault({
        match: (method, path) => method === "PATCH" && path.endsWith(`/issues/${number}`),
        times: 1,
        respond: "hang",
        after: true,
      });
      await build("htop strace lsof");
      await waitFor(
        "the issue is being closed",
        () => Promise.resolve(isWritten("PATCH", /\/issues\/\d+$/, before) || undefined),
        { timeoutMs: minute, everyMs: 20 },
      );
      await restart();
      const closed = await observe("the issue is closed", async () => {
        const [issue] = await issues();
        return issue?.state === "closed" ? issue : undefined;
      });
      expect(closed.number).toBe(number);
      expect(closed.body).toContain("does not fail any more");
      expect(await issues()).toHaveLength(1);
    },
    2 * minute,
  );

  test("was built once for each change, and verified when it succeeded", async () => {
    const kinds = (await pipelineRuns(stage, "edge")).map(
      ({ metadata }) => metadata.labels["streams.okd.io/kind"],
    );
    expect(kinds).toEqual(["build", "build", "build", "verify"]);
  });
});
