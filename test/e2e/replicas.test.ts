import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import { mergeWhenPossible } from "../../src/demo/story/build-chapter.ts";
import { botComment, botComments, checkRun, observe } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { waitFor } from "../../src/demo/wait-for.ts";
import { packageRoot } from "../../src/package-root.ts";
import { postgresPrograms, withoutPostgres } from "../support/postgres.ts";
import { openTwoReplicas, type TwoReplicas } from "./support/two-replicas.ts";

const minute = 60_000;
const { owner, name: repo } = demoRepository;
const own = (path: string) => readFileSync(join(packageRoot, path), "utf8");
const scheduled = "streams/openstack.yaml";

const [define, name] =
  postgresPrograms === undefined
    ? [describe.skip, `two replicas on one PostgreSQL database (${withoutPostgres})`]
    : [describe, "two replicas on one PostgreSQL database"];

define(name, () => {
  let replicas: TwoReplicas;
  beforeAll(async () => {
    replicas = await openTwoReplicas({
      files: {
        [scheduled]: own(scheduled).replace(
          /^ {2}triggers:$/m,
          "  triggers:\n    schedule:\n      cron: '* * * * *'",
        ),
      },
    });
  }, 3 * minute);
  afterAll(() => replicas.close(), minute);

  const buildsOf = async (stream: string) =>
    (await pipelineRuns(replicas.stage, stream)).filter(
      ({ metadata }) => metadata.labels["streams.okd.io/kind"] === "build",
    );
  const causesOf = async (stream: string) => {
    const rows = await replicas.query(
      `select cause from runs where kind = 'build' and stream = '${stream}' order by cause`,
    );
    return rows.map((row) => JSON.stringify(row));
  };
  const propose = async (stream: string, packages: string): Promise<number> => {
    const { omar } = replicas.stage.people;
    const path = `streams/${stream}.yaml`;
    const branch = `more-for-${stream}`;
    await omar.push({
      into: `${owner}/${repo}`,
      branch,
      message: `Add ${packages}`,
      files: { [path]: own(path).replace(/^(\s+packages: .*)$/m, `$1 ${packages}`) },
    });
    const title = `Add ${packages} to ${stream}`;
    const { data } = await omar.octokit.rest.pulls.create({
      owner,
      repo,
      head: branch,
      base: "main",
      title,
    });
    return data.number;
  };
  const built = async (pull: number, commit: string, stream: string) => {
    await observe("the release", () => botComment(replicas.stage, pull, "(Accepted)"));
    const check = await observe(
      "the build's check",
      () => checkRun(replicas.stage, commit, `okd-streams / build (${stream})`),
      ({ status }) => status === "completed",
    );
    expect(check.conclusion).toBe("success");
  };
  const expectNothingDoubled = async (pull: number, commit: string) => {
    const comments = await botComments(replicas.stage, pull);
    const markers = comments.map((comment) => comment.body?.split("\n")[0]);
    expect(markers.length).toBeGreaterThan(0);
    expect(new Set(markers).size).toBe(markers.length);
    const { data } = await replicas.stage.people.casey.octokit.rest.checks.listForRef({
      owner,
      repo,
      ref: commit,
      filter: "all",
    });
    const checks = data.check_runs.map((check) => `${check.name} ${check.external_id}`);
    expect(new Set(checks).size).toBe(checks.length);
  };

  test(
    "a merge gives one run, one comment and one check",
    async () => {
      const pull = await propose("edge", "htop");
      const commit = await mergeWhenPossible(replicas.stage, "maya", pull);
      await built(pull, commit, "edge");
      expect(await buildsOf("edge")).toHaveLength(1);
      await expectNothingDoubled(pull, commit);
    },
    2 * minute,
  );

  test(
    "/build gives one run and one answer, and goes on when the replica that GitHub speaks to is killed",
    async () => {
      const { stage, bots } = replicas;
      const pull = await propose("hpc", "htop");
      const commit = await mergeWhenPossible(stage, "maya", pull);
      await built(pull, commit, "hpc");
      await stage.people.maya.comment(pull, "/build hpc");
      await observe("the second build", async () => (await buildsOf("hpc")).at(1));
      await bots[0].kill();
      const runs = await observe(
        "the other replica sees it through",
        () =>
          replicas.query(
            "select state, cause from runs where kind = 'build' and stream = 'hpc' and settled = 1 order by cause",
          ),
        (settled) => settled.length === 2,
      );
      expect(runs).toEqual([
        { state: "succeeded", cause: expect.stringMatching(/^command:/) },
        { state: "succeeded", cause: `merge:${commit}` },
      ]);
      expect(await buildsOf("hpc")).toHaveLength(2);
      await bots[0].start();
      await expectNothingDoubled(pull, commit);
    },
    3 * minute,
  );

  test(
    "an instant of a schedule gives one run, also right after the leader was killed",
    async () => {
      const { bots } = replicas;
      const before = (await causesOf("openstack")).length;
      await bots[1].kill();
      const causes = await waitFor(
        "the next instant",
        async () => {
          const all = await causesOf("openstack");
          return all.length > before ? all : undefined;
        },
        { timeoutMs: 2 * minute, everyMs: 250 },
      );
      await bots[1].start();
      expect(new Set(causes).size).toBe(causes.length);
      const builds = await observe(
        "its run",
        () => buildsOf("openstack"),
        ({ length }) => length > before,
      );
      expect(builds.length).toBeLessThanOrEqual((await causesOf("openstack")).length);
    },
    3 * minute,
  );
});
