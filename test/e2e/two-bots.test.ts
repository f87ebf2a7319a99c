import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { BotProcess } from "../../src/demo/bot-process.ts";
import { demoRepository, repositoryFiles } from "../../src/demo/demo-repository.ts";
import { observe, page } from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { waitFor } from "../../src/demo/wait-for.ts";
import { listRuns } from "../../src/store/find-runs.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const { owner, name: repo, defaultBranch } = demoRepository;
const streamPath = "streams/edge.yaml";
const everyMinute = (repositoryFiles()[streamPath] ?? "").replace(
  /^ {2}triggers:\n {4}merge: true\n/m,
  '  triggers:\n    merge: false\n    schedule:\n      cron: "* * * * *"\n',
);

let stage: OpenStage;
let second: BotProcess;
beforeAll(async () => {
  stage = await openStage();
  second = await stage.world.bot.beside();
}, minute);
afterAll(async () => {
  await second.stop();
  await stage.close();
}, minute);

const minuteNow = () => Math.floor(Date.now() / minute);
const scheduledRuns = async () => {
  const store = await openStore(`file:${join(stage.world.directory, "bot", "okd-streams.db")}`);
  const runs = await listRuns(store.db, { stream: "edge", kind: "build" }, 100);
  await store.close();
  return runs;
};

test(
  "two processes on one database that both find an instant due give one run, whatever the restarts",
  async () => {
    const { bot } = stage.world;
    await stage.people.maya.push({
      into: `${owner}/${repo}`,
      branch: defaultBranch,
      message: "Build the edge stream every minute",
      files: { [streamPath]: everyMinute },
    });
    await observe("the bot has seen the schedule", async () =>
      (await page(stage, "/streams/edge")).includes("* * * * *") ? true : undefined,
    );
    await bot.kill();
    const pushedIn = minuteNow();
    await waitFor("an instant is due", () => Promise.resolve(minuteNow() > pushedIn || undefined), {
      timeoutMs: 1.1 * minute,
      everyMs: 100,
    });
    await Promise.all([bot.start(), second.start()]);
    await observe("the scheduled build", async () =>
      (await pipelineRuns(stage, "edge")).length > 0 ? true : undefined,
    );
    await Promise.all([bot.kill(), second.kill()]);
    await Promise.all([bot.start(), second.start()]);
    const [run] = await observe("its end", async () => {
      const runs = await scheduledRuns();
      return runs.some(({ state }) => state === "succeeded") ? runs : undefined;
    });
    expect(run?.cause).toMatch(/^schedule:.*:00\.000Z$/);
    const builds = (await pipelineRuns(stage, "edge")).filter(
      ({ metadata }) => metadata.labels["streams.okd.io/kind"] === "build",
    );
    const runs = await scheduledRuns();
    expect(new Set(runs.map(({ cause }) => cause)).size).toBe(runs.length);
    const names = runs.map(({ name }) => name);
    expect(builds.filter(({ metadata }) => !names.includes(metadata.name))).toEqual([]);
    expect(runs.length).toBeLessThanOrEqual(minuteNow() - pushedIn);
  },
  4 * minute,
);
