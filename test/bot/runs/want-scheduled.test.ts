import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createKeyedLock } from "../../../src/bot/keyed-lock.ts";
import { resync } from "../../../src/bot/resync.ts";
import { wantScheduled } from "../../../src/bot/runs/want-scheduled.ts";
import { getRepository } from "../../../src/store/repositories.ts";
import {
  changed,
  edgePath,
  settings,
  settingsPath,
} from "../../fixtures/bot/streams-repository.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.end());

const scheduled = (schedule: string, more = "") =>
  changed(
    edgePath,
    "  release:\n",
    `  triggers: { merge: false, schedule: { ${schedule} } }\n${more}  release:\n`,
  );
const nightly = scheduled('cron: "0 4 * * *"');
const taskPath = "tekton/tasks/assemble.yaml";

const moveTo = (moment: string) => world.pass(Date.parse(moment) - world.bot.now().getTime());
const look = async (bot = world.bot) => wantScheduled(bot, await world.repository());
const instants = async () =>
  (await world.runs()).filter(({ stream }) => stream === "edge").map(({ cause }) => cause);

/** The world's clock stands at 2026-11-20T12:00Z, when the schedule is merged. */
async function merge(content: string): Promise<string> {
  const commit = world.push(edgePath, content);
  await world.sync();
  return commit;
}

describe("a schedule", () => {
  test("gives one run when it comes due, of the default branch, and not before", async () => {
    const commit = await merge(nightly);
    moveTo("2026-11-21T03:59:59.999Z");
    await look();
    expect(await world.runs()).toEqual([]);
    moveTo("2026-11-21T04:00:00Z");
    await look();
    expect(await world.runs()).toMatchObject([
      {
        kind: "build",
        stream: "edge",
        cause: "schedule:2026-11-21T04:00:00.000Z",
        commit,
        state: "requested",
        pullNumber: null,
        request: { params: { branch: "master" } },
      },
    ]);
    await world.work();
    expect(world.cluster.submitted).toHaveLength(1);
  });

  test("gives none a second time: asked again, by two looks at once, or after a restart", async () => {
    await merge(nightly);
    moveTo("2026-11-21T04:00:10Z");
    await Promise.all([look(), look()]);
    world.pass(15_000);
    await look();
    await look({ ...world.bot, lock: createKeyedLock(), lastGates: new Map() });
    expect(await instants()).toEqual(["schedule:2026-11-21T04:00:00.000Z"]);
  });

  test("gives none a second time when what it builds changed since", async () => {
    await merge(nightly);
    moveTo("2026-11-21T04:00:10Z");
    await look();
    world.push(taskPath, changed(taskPath, "echo $(params.branch)", "echo on $(params.branch)"));
    await world.sync();
    await look();
    expect(await instants()).toEqual(["schedule:2026-11-21T04:00:00.000Z"]);
  });

  test("gives one run each day, and for days that were missed only that of the newest", async () => {
    await merge(nightly);
    moveTo("2026-11-21T04:00:10Z");
    await look();
    moveTo("2026-11-22T04:00:10Z");
    await look();
    moveTo("2026-11-26T09:00:00Z");
    await look();
    expect(await instants()).toEqual([
      "schedule:2026-11-26T04:00:00.000Z",
      "schedule:2026-11-22T04:00:00.000Z",
      "schedule:2026-11-21T04:00:00.000Z",
    ]);
  });

  test("is kept though the stream's file was edited since, and the schedule was not", async () => {
    await merge(nightly);
    moveTo("2026-11-21T05:00:00Z");
    world.push(edgePath, nightly.replace(/title: .*/, "title: Another title"));
    await world.sync();
    await look();
    expect(await instants()).toEqual(["schedule:2026-11-21T04:00:00.000Z"]);
  });

  test("keeps to its time zone", async () => {
    await merge(scheduled('cron: "0 4 * * *", timeZone: America/New_York'));
    moveTo("2026-11-21T08:59:00Z");
    await look();
    expect(await world.runs()).toEqual([]);
    moveTo("2026-11-21T09:00:00Z");
    await look();
    expect(await instants()).toEqual(["schedule:2026-11-21T09:00:00.000Z"]);
  });

  test("is kept by the comparison too", async () => {
    await merge(nightly);
    moveTo("2026-11-21T04:00:10Z");
    expect(await resync(world.bot)).toEqual([]);
    expect(await instants()).toEqual(["schedule:2026-11-21T04:00:00.000Z"]);
  });
});

describe("an instant is not kept", () => {
  test("from before the repository was first seen", async () => {
    world.push(edgePath, nightly);
    moveTo("2026-11-22T05:00:00Z");
    await world.sync();
    await look();
    expect(await world.runs()).toEqual([]);
    moveTo("2026-11-23T04:00:00Z");
    await look();
    expect(await instants()).toEqual(["schedule:2026-11-23T04:00:00.000Z"]);
  });

  test("while the repository was not compared yet", async () => {
    world.push(edgePath, nightly);
    const { id } = await world.repository();
    await world.mirror.fetch();
    moveTo("2026-11-21T04:00:10Z");
    await look();
    expect(await getRepository(world.bot.db, id)).toMatchObject({ syncedCommit: null });
    expect(await world.runs()).toEqual([]);
  });

  test("from before the stream's file last changed", async () => {
    await world.sync();
    moveTo("2026-11-21T05:00:00Z");
    await merge(nightly);
    await look();
    expect(await world.runs()).toEqual([]);
    moveTo("2026-11-22T04:00:00Z");
    await look();
    expect(await instants()).toEqual(["schedule:2026-11-22T04:00:00.000Z"]);
  });

  test.each(["paused", "retired"])("of a stream that is %s", async (state) => {
    await merge(scheduled('cron: "0 4 * * *"', `  lifecycle: { state: ${state} }\n`));
    moveTo("2026-11-21T04:00:10Z");
    await look();
    expect(await world.runs()).toEqual([]);
  });

  test("that never comes", async () => {
    await merge(scheduled('cron: "0 4 31 2 *"'));
    moveTo("2028-03-01T00:00:00Z");
    await look();
    expect(await world.runs()).toEqual([]);
  });

  test("during a pause; after it the newest is", async () => {
    world.push(settingsPath, settings("pause: true"));
    await merge(nightly);
    moveTo("2026-11-22T04:00:10Z");
    await look();
    expect(await world.runs()).toEqual([]);
    moveTo("2026-11-22T05:00:00Z");
    world.push(settingsPath, settings("pause: false"));
    await world.sync();
    await look();
    expect(await instants()).toEqual(["schedule:2026-11-22T04:00:00.000Z"]);
  });

  test("in report mode, nor afterwards one from then", async () => {
    world.push(settingsPath, settings("mode: report"));
    await merge(nightly);
    moveTo("2026-11-22T04:00:10Z");
    await look();
    moveTo("2026-11-22T05:00:00Z");
    world.push(settingsPath, settings("mode: active"));
    await world.sync();
    await look();
    expect(await world.runs()).toEqual([]);
    moveTo("2026-11-22T06:00:00Z");
    world.push(settingsPath, settings("mode: active\npause: false"));
    await world.sync();
    await look();
    expect(await world.runs()).toEqual([]);
    moveTo("2026-11-23T04:00:00Z");
    await look();
    expect(await instants()).toEqual(["schedule:2026-11-23T04:00:00.000Z"]);
  });
});
