import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { watchClusters } from "../../../src/bot/runs/watch-clusters.ts";
import { changed, edgePath } from "../../fixtures/bot/streams-repository.ts";
import { until } from "../../runner/helpers.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
let stop: () => Promise<void>;
beforeEach(async () => {
  world = await createWorld();
  await world.merge(edgePath, changed(edgePath, "branch: master", "branch: other"));
  await world.work();
  stop = watchClusters(world.bot);
});
afterEach(async () => {
  await stop();
  await world.end();
});

const told = () => [...world.cluster.watchers][0]!;
const pause = async (): Promise<number> => {
  const { dueAt } = await world.newestRun();
  return Date.parse(dueAt ?? "") - world.bot.now().getTime();
};

describe("a cluster that tells of its runs", () => {
  test("has a run looked at as soon as it changed", async () => {
    const { name } = await world.newestRun();
    expect(await pause()).toBeGreaterThan(0);
    told().hear({ name });
    await until(async () => (await pause()) === 0);
  });

  test("has one looked at whose name is not known yet, by the event that made it", async () => {
    told().hear({ name: "made-up", eventId: "event-1" });
    await until(async () => (await pause()) === 0);
  });

  test("makes nothing of a run that is nobody's", async () => {
    const before = await world.newestRun();
    told().hear({ name: "foreign", eventId: "event-9" });
    told().hear({ name: before.name });
    await until(async () => (await pause()) === 0);
    expect(await world.runs()).toHaveLength(1);
  });

  test("is looked at less often by itself, until it falls silent", async () => {
    told().live(true);
    await world.show({});
    expect(await pause()).toBe(60_000);
    told().live(false, new Error("gone"));
    await world.show({});
    world.pass(60_000);
    await world.work();
    expect(await pause()).toBe(15_000);
    expect(world.warnings).toContain("the cluster's runs are only looked at by turns");
  });

  test("is not listened to any more once it is stopped", async () => {
    await stop();
    expect(world.cluster.watchers.size).toBe(0);
  });
});
