import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import * as z from "zod";
import { demoRepository, repositoryFiles } from "../../src/demo/demo-repository.ts";
import { checkRun, observe } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { holdBuilds, type HeldBuilds } from "./support/hold-builds.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const { owner, name: repo, defaultBranch } = demoRepository;
const streams = ["edge", "hpc", "openstack"];
const serverSchema = z.looseObject({ clusters: z.array(z.looseObject({})) });

/** A change of each stream that builds it. */
function changes(): Record<string, string> {
  const files = repositoryFiles();
  return Object.fromEntries(
    streams.map((name) => {
      const path = `streams/${name}.yaml`;
      return [path, (files[path] ?? "").replace(/^(\s+packages: .*)$/m, "$1 htop")];
    }),
  );
}

describe("a cluster that takes one run at a time", () => {
  let stage: OpenStage;
  let held: HeldBuilds;
  let commit: string;
  beforeAll(async () => {
    stage = await openStage();
    const file = join(stage.world.directory, "bot.server.yaml");
    const server = serverSchema.parse(parse(readFileSync(file, "utf8")));
    const clusters = server.clusters.map((cluster) => ({ ...cluster, maxRuns: 1 }));
    await stage.world.bot.stop();
    writeFileSync(file, stringify({ ...server, clusters }));
    await stage.world.bot.start();
    held = await holdBuilds(stage.world.registry);
  }, minute);
  afterAll(() => stage.close(), minute);

  const restart = async () => {
    await stage.world.bot.kill();
    await stage.world.bot.start();
  };
  const checks = () =>
    Promise.all(
      streams.map(async (stream) => {
        const check = await checkRun(stage, commit, `okd-streams / build (${stream})`);
        const place = /Waits for its turn on cluster `laptop`, (\d of \d)/.exec(
          check?.output.summary ?? "",
        );
        return { stream, status: check?.status, conclusion: check?.conclusion, place: place?.[1] };
      }),
    );
  const queue = () =>
    observe("one runs, and two say where they wait", async () => {
      const all = await checks();
      const waiting = all.flatMap(({ stream, place }) =>
        place === undefined ? [] : [{ stream, place }],
      );
      const running = all.filter(({ status }) => status === "in_progress");
      if (running.length !== 1 || waiting.length !== 2) return undefined;
      return [
        ...running.map(({ stream }) => stream),
        ...waiting.toSorted((a, b) => a.place.localeCompare(b.place)).map(({ stream }) => stream),
      ];
    });
  const built = async () =>
    (await pipelineRuns(stage))
      .filter(({ metadata }) => metadata.labels["streams.okd.io/kind"] === "build")
      .map(({ metadata }) => metadata.labels["streams.okd.io/stream"]);

  let order: readonly string[];
  test(
    "lets the others wait, each with its place",
    async () => {
      commit = await stage.people.maya.push({
        into: `${owner}/${repo}`,
        branch: defaultBranch,
        message: "Add htop everywhere",
        files: changes(),
      });
      order = await queue();
      const places = (await checks()).flatMap(({ place }) => place ?? []);
      expect(places.toSorted()).toEqual(["1 of 2", "2 of 2"]);
      expect(await built()).toEqual(order.slice(0, 1));
    },
    2 * minute,
  );

  test(
    "keeps their order when the bot is killed, and starts nothing twice",
    async () => {
      await restart();
      expect(await queue()).toEqual(order);
      await restart();
      expect(await queue()).toEqual(order);
      expect(await built()).toEqual(order.slice(0, 1));
    },
    2 * minute,
  );

  test(
    "begins each after the one before, also when the bot is down as that ends",
    async () => {
      await stage.world.bot.kill();
      await held.letGo("its disk is being moved");
      await stage.world.bot.start();
      await observe("all end", async () =>
        (await checks()).every(({ status }) => status === "completed") ? true : undefined,
      );
      expect(await built()).toEqual(order);
      const ends = new Map((await checks()).map(({ stream, conclusion }) => [stream, conclusion]));
      expect(order.map((stream) => ends.get(stream))).toEqual(["failure", "success", "success"]);
    },
    2 * minute,
  );
});
