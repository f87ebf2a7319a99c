import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { checkMode } from "../../../src/bot/answers/check-mode.ts";
import { rerunCheck } from "../../../src/bot/reviews/rerun-check.ts";
import type { Command } from "../../../src/commands/types.ts";
import { listApprovals } from "../../../src/store/approvals.ts";
import { listNames } from "../../../src/store/names.ts";
import { listPromotions } from "../../../src/store/promotions.ts";
import type { StreamsSettings } from "../../../src/streams/types.ts";
import {
  changed,
  edgePath,
  settings,
  settingsPath,
} from "../../fixtures/bot/streams-repository.ts";
import { repository as address } from "../../fixtures/github/answers.ts";
import { broken } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

const settingsOf = (more: Partial<StreamsSettings>): StreamsSettings => ({
  apiVersion: "streams.okd.io/v1alpha1",
  kind: "StreamsSettings",
  ...more,
});

const starting: readonly Command[] = [
  { verb: "build", stream: "edge" },
  { verb: "retry" },
  { verb: "test" },
  { verb: "ok-to-test", commit: "a".repeat(40) },
  { verb: "promote", release: "latest", channel: "next" },
  { verb: "approve", cancel: false },
];
const others: readonly Command[] = [
  { verb: "help" },
  { verb: "status" },
  { verb: "validate" },
  { verb: "retest" },
  { verb: "cancel" },
  { verb: "accept", release: "x", reason: "y" },
  { verb: "reject", release: "x", reason: "y" },
  { verb: "hold" },
  { verb: "unhold" },
  { verb: "approve", cancel: true },
  { verb: "decline", reason: "y" },
];
const holding: readonly (readonly [Partial<StreamsSettings>, string])[] = [
  [{ pause: true }, "The repository is paused"],
  [{ mode: "report" }, "The repository is in report mode"],
  [{ mode: "report", pause: true }, "The repository is paused"],
  [{ mode: "active", pause: true }, "The repository is paused"],
];

describe("checkMode", () => {
  test.each(holding)(
    "under %j refuses what would start something, with the reason",
    (more, why) => {
      for (const command of starting) {
        const checked = checkMode(command, settingsOf(more));
        expect(checked).toMatchObject({
          ok: false,
          problem: {
            kind: "refused",
            where: `/${command.verb}`,
            what: `${why}, so nothing is built or promoted.`,
            next: expect.stringContaining("`.github/okd-streams.yml` on the default branch"),
          },
        });
      }
    },
  );

  test.each(holding)("under %j lets everything else through", (more) => {
    for (const command of others) expect(checkMode(command, settingsOf(more)).ok).toBe(true);
  });

  test.each([{}, { mode: "active" }, { pause: false }] as const)(
    "under %j lets all through",
    (more) => {
      for (const command of [...starting, ...others])
        expect(checkMode(command, settingsOf(more)).ok).toBe(true);
    },
  );
});

describe.each([
  ["pause: true", "The repository is paused"],
  ["mode: report", "The repository is in report mode"],
])("under %s on the default branch", (line, why) => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
    world.gitHub.roles.set("ada", "write");
    await world.merge(edgePath, changed(edgePath, "branch: master", "branch: other"));
  });
  afterEach(() => world.end());

  const hold = () => world.push(settingsPath, settings(line));
  const reply = (issue: number) =>
    world.gitHub.said(issue).split("<!-- okd-streams:reply").at(-1) ?? "";

  test("a failed run is not built again, neither by /retry and /build nor by the button", async () => {
    await world.work();
    await world.show(broken);
    hold();
    for (const command of ["/retry", "/build edge"]) {
      await world.say("ada", 7, command);
      expect(reply(7)).toContain(`${why}, so nothing is built or promoted.`);
    }
    const check = world.gitHub.checks.findLast(({ name }) => name.includes("build (edge)"));
    const press = async () =>
      rerunCheck(world.bot, await world.repository(), {
        checkRunId: check?.id ?? 0,
        login: "ada",
      });
    await press();
    expect(await world.runs()).toHaveLength(1);
    world.push(settingsPath, settings("mode: active"));
    await press();
    expect(await world.runs()).toHaveLength(2);
  });

  test("nothing is promoted, and no name is handed out", async () => {
    await world.release();
    hold();
    await world.say("ada", 7, "/promote latest to next");
    expect(reply(7)).toContain(`${why}, so nothing is built or promoted.`);
    expect(await listPromotions(world.bot.db, {}, 10)).toEqual([]);
    expect(await listNames(world.bot.db, address.id)).toEqual([]);
  });

  test("an open promotion takes no approval, gives one back, and is not merged until it ends", async () => {
    await world.release();
    await world.say("ada", 7, "/promote latest to next");
    await world.work();
    const [promotion] = await listPromotions(world.bot.db, {}, 1);
    const approvals = async () =>
      (await listApprovals(world.bot.db, promotion?.id ?? "")).map(({ login }) => login);
    hold();
    await world.say("ben", 8, "/approve");
    expect(reply(8)).toContain(`${why}, so nothing is built or promoted.`);
    expect(await approvals()).toEqual([]);
    await world.say("ben", 8, "/approve cancel");
    expect(reply(8)).not.toContain(why);
    world.pass(60_000);
    await world.work();
    expect(world.gitHub.merges).toEqual([]);
    world.push(settingsPath, settings("mode: active"));
    await world.say("ben", 8, "/approve");
    await world.work();
    expect(world.gitHub.merges).toHaveLength(1);
  });

  test("an approval from before does not merge it", async () => {
    await world.release();
    await world.say("ada", 7, "/promote latest to next");
    await world.work();
    hold();
    await world.sync();
    world.push(settingsPath, settings("mode: active"));
    await world.say("ben", 8, "/approve");
    hold();
    await world.mirror.fetch();
    world.pass(60_000);
    await world.work();
    expect(world.gitHub.merges).toEqual([]);
    expect(world.gitHub.said(8)).toContain("the repository is paused or in report mode");
  });
});
