import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createKeyedLock } from "../../../src/bot/keyed-lock.ts";
import { runPass } from "../../../src/bot/workers.ts";
import { updateRun } from "../../../src/store/runs.ts";
import { files, settings, settingsPath } from "../../fixtures/bot/streams-repository.ts";
import { succeeded, unavailable } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.gitHub.roles.set("ada", "write");
  await world.sync();
});
afterEach(() => world.end());

const ask = async (issue: number, stream: string) => {
  world.pass(1000);
  await world.say("ada", issue, `/build ${stream}`);
};
const sent = () => world.cluster.submitted.map(({ stream }) => stream);

describe("on a cluster that takes one run at a time", () => {
  beforeEach(async () => {
    world.limits.runs = 1;
    await ask(11, "plain");
    await ask(12, "edge");
    await ask(13, "plain");
    await world.work();
  });

  test("the others wait, and say where and for what", () => {
    expect(sent()).toEqual(["plain"]);
    const holder = world.cluster.submitted[0]?.run.name ?? "";
    expect(world.gitHub.said(12)).toContain(
      `Waits for its turn on cluster \`laptop\`, 1 of 2: as many runs as it takes are under way (\`${holder}\`).`,
    );
    expect(world.gitHub.said(13)).toContain("2 of 2");
    const check = world.gitHub.checks.findLast(({ name }) => name.endsWith("build (edge)"));
    expect(check).toMatchObject({
      status: "queued",
      output: { summary: expect.stringContaining("1 of 2") },
    });
  });

  test("/status of a stream says what it waits for", async () => {
    await world.say("eve", 20, "/status edge");
    expect(world.gitHub.said(20)).toContain(
      "is requested. Waits for its turn on cluster `laptop`, 1 of 2",
    );
  });

  test("the next begins as soon as one ends, and the rest move up", async () => {
    const first = world.cluster.submitted[0];
    if (first === undefined) throw new Error("nothing was sent");
    await world.show(succeeded);
    expect(sent()).toEqual(["plain", "edge"]);
    expect(world.gitHub.said(13)).toContain("1 of 1");
    expect(world.gitHub.said(12)).not.toContain("Waits for its turn");
  });

  test("the turn is kept over a restart, and over the loss of the listener's answer", async () => {
    const bot = { ...world.bot, lock: createKeyedLock() };
    world.pass(world.bot.pollMs);
    await runPass(bot)();
    expect(sent()).toEqual(["plain"]);
    for (const { id, state } of await world.runs())
      if (state === "submitted") await updateRun(world.bot.db, id, { state: "requested" });
    world.pass(world.bot.pollMs);
    await runPass(bot)();
    expect(sent()).toEqual(["plain", "plain"]);
    expect(new Set(world.cluster.submitted.map(({ run }) => run.name)).size).toBe(1);
  });

  test("one that waits and is cancelled gives its place to the next", async () => {
    await world.say("ada", 12, "/cancel");
    await world.work();
    expect(world.gitHub.said(13)).toContain("1 of 1");
    await world.show(succeeded);
    expect(sent()).toEqual(["plain", "plain"]);
  });
});

test("a cluster that does not answer takes no turns, so that it is not jammed when it does", async () => {
  world.limits.runs = 1;
  world.cluster.unreadable = unavailable;
  await ask(11, "plain");
  await ask(12, "edge");
  await world.work();
  world.cluster.unreadable = undefined;
  world.pass(10 * 60_000);
  await world.work();
  expect(sent()).toEqual(["plain"]);
});

test("a stream waits for itself alone where the limit is the stream's", async () => {
  world.limits.runsOfStream = 1;
  await ask(11, "plain");
  await ask(12, "plain");
  await ask(13, "edge");
  await world.work();
  expect(sent().toSorted()).toEqual(["edge", "plain"]);
  expect(world.gitHub.said(12)).toContain("1 of 1: as many runs of `plain` as it takes");
});

describe("a build that waits for its turn", () => {
  const plainPath = "streams/plain.yaml";
  const plain = files[plainPath] ?? "";
  const lifecycle = (state: string) => `${plain}  lifecycle: { state: ${state} }\n`;
  const edgeEnds = () => world.show(succeeded);
  const next = async () => {
    world.pass(world.bot.pollMs);
    await world.work();
  };
  beforeEach(async () => {
    world.limits.runs = 1;
    await ask(11, "edge");
    await ask(12, "plain");
    await world.work();
    expect(sent()).toEqual(["edge"]);
  });

  test.each(["paused", "retired"])("ends where its stream is %s meanwhile", async (state) => {
    world.push(plainPath, lifecycle(state));
    await world.sync();
    await edgeEnds();
    await next();
    expect(world.cluster.submitted.filter(({ stream }) => stream === "plain")).toEqual([]);
    expect(await world.runs()).toContainEqual(
      expect.objectContaining({ stream: "plain", state: "cancelled", settled: true }),
    );
    expect(world.gitHub.said(12)).toContain(
      `The stream \`plain\` is ${state}, so nothing builds it.`,
    );
  });

  test("ends where its stream is removed meanwhile", async () => {
    world.git.git("rm", "--quiet", plainPath);
    world.git.commit("Remove it");
    await world.sync();
    await edgeEnds();
    await next();
    expect(world.cluster.submitted.filter(({ stream }) => stream === "plain")).toEqual([]);
    expect(world.gitHub.said(12)).toContain("There is no valid stream `plain`");
  });

  test("waits for the end of a pause, and lets the verification of another by meanwhile", async () => {
    world.push(settingsPath, settings("pause: true"));
    await world.sync();
    await next();
    await edgeEnds();
    await next();
    expect(world.cluster.submitted.map(({ run }) => run.kind)).toEqual(["build", "verify"]);
    expect(world.gitHub.said(12)).toContain("Waits for the end of the repository's pause");
    await world.show({ ...succeeded, results: {} });
    await next();
    expect(world.cluster.submitted).toHaveLength(2);
    world.push(settingsPath, settings("pause: false"));
    await world.sync();
    await next();
    expect(sent()).toEqual(["edge", "edge", "plain"]);
    expect(world.gitHub.said(12)).not.toContain("pause");
  });

  test("is cancelled in a pause as at any time", async () => {
    world.push(settingsPath, settings("pause: true"));
    await world.sync();
    await next();
    await world.say("ada", 12, "/cancel");
    await next();
    expect((await world.runs()).find(({ stream }) => stream === "plain")?.state).toBe("cancelled");
  });

  test("ends where the repository goes into report mode", async () => {
    world.push(settingsPath, settings("mode: report"));
    await world.sync();
    await edgeEnds();
    await next();
    expect(world.cluster.submitted.filter(({ stream }) => stream === "plain")).toEqual([]);
    expect(world.gitHub.said(12)).toContain("went into report mode before it began");
  });

  test("is not asked for again by /retry, nor by its comment heard twice", async () => {
    await world.say("ada", 12, "/retry");
    expect(world.gitHub.said(12)).toContain("Nothing to retry");
    const { name } = (await world.runs()).find(({ stream }) => stream === "plain")!;
    await world.say("ada", 12, `/retry ${name}`);
    expect(world.gitHub.said(12)).toContain("`plain` is still requested; cancel it first.");
    expect((await world.runs()).filter(({ stream }) => stream === "plain")).toHaveLength(1);
  });
});
