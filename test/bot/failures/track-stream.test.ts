import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { resync } from "../../../src/bot/resync.ts";
import { wantScheduled } from "../../../src/bot/runs/want-scheduled.ts";
import { getRun, updateRun } from "../../../src/store/runs.ts";
import { listReleases } from "../../../src/store/releases.ts";
import { removeTrackingIssue } from "../../../src/store/tracking-issues.ts";
import { changed, edgePath } from "../../fixtures/bot/streams-repository.ts";
import { repository as address } from "../../fixtures/github/answers.ts";
import { broken, succeeded } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
const plainPath = "streams/plain.yaml";
const nightly = (path: string) =>
  changed(
    path,
    "  release:\n",
    '  triggers: { merge: false, schedule: { cron: "0 4 * * *" } }\n  release:\n',
  );
beforeEach(async () => {
  world = await createWorld();
  world.gitHub.roles.set("ada", "write");
  world.push(plainPath, nightly(plainPath));
  await world.sync();
});
afterEach(() => world.end());

/** The next night's build begins. */
async function night(): Promise<void> {
  world.pass(24 * 3_600_000);
  await wantScheduled(world.bot, await world.repository());
  await world.work();
}
const fail = async () => {
  await night();
  await world.show(broken);
};
const issues = () => world.gitHub.issues;
const lastFailed = async () => (await world.newestRun()).name;

describe("a stream that fails where no pull request tells of it", () => {
  test("has one issue, which names its maintainers and how to go on", async () => {
    world.cluster.log = "error: no space left";
    await night();
    await world.show({
      ...broken,
      tasks: [
        {
          name: "assemble",
          phase: "failed",
          podName: "pod",
          failedStep: { name: "compile", container: "step-compile", exitCode: 3 },
          steps: [],
        },
      ],
    });
    expect(issues()).toMatchObject([{ state: "open", login: "okd-streams[bot]" }]);
    const body = issues()[0]?.body ?? "";
    expect(body).toContain("`plain` fails");
    expect(body).toContain("Its last build ended as **failed**. That happened once");
    expect(body).toContain("error: no space left");
    expect(body).toContain(`\`/retry ${await lastFailed()}\``);
    expect(body).toContain("Maintainers of the stream: @sam");
  });

  test("has that issue brought up to date by its next failure, and closed by its next release", async () => {
    await fail();
    await fail();
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.body).toContain("That happened 2 times in a row");
    expect(issues()[0]?.body).toContain(await lastFailed());
    await night();
    expect(issues()[0]).toMatchObject({ state: "open" });
    await world.show(succeeded);
    expect(issues()).toMatchObject([{ state: "closed" }]);
    expect(issues()[0]?.body).toContain("does not fail any more");
    expect(issues()[0]?.body).not.toContain("@sam");
    await fail();
    expect(issues()).toMatchObject([{ state: "closed" }, { state: "open" }]);
  });

  test("is not told of again where people closed the issue, until it was well in between", async () => {
    await fail();
    const [issue] = issues();
    if (issue !== undefined) issue.state = "closed";
    await fail();
    expect(issues()).toMatchObject([{ state: "closed" }]);
    await night();
    await world.show(succeeded);
    await fail();
    expect(issues()).toHaveLength(2);
  });

  test("has its issue closed by a build that a command on it asked for", async () => {
    await fail();
    const number = issues()[0]?.number ?? 0;
    await world.say("ada", number, `/retry ${await lastFailed()}`);
    await world.work();
    await world.show(succeeded);
    expect(issues()).toMatchObject([{ state: "closed" }]);
    expect(world.gitHub.said(number)).toContain("is now the release");
  });

  test("has its issue closed when it is retired", async () => {
    await fail();
    const text = world.git.git("show", `HEAD:${plainPath}`);
    world.push(plainPath, `${text}\n  lifecycle: { state: retired }\n`);
    expect(await resync(world.bot)).toEqual([]);
    expect(issues()).toMatchObject([{ state: "closed" }]);
    expect(issues()[0]?.body).toContain("it was paused, retired or removed");
  });

  test("is one that runs and is stopped by a person in silence", async () => {
    await night();
    await world.say("ada", 12, `/cancel ${await lastFailed()}`);
    await world.work();
    await world.show({ phase: "cancelled", reason: "Cancelled" });
    expect(issues()).toEqual([]);
  });
});

test("a failure that a pull request shows opens none", async () => {
  await world.merge(edgePath, changed(edgePath, "branch: master", "branch: other"));
  await world.work();
  await world.show(broken);
  expect(issues()).toEqual([]);
});

test("a release that its verifications reject is a failure, and well when a person accepts it", async () => {
  world.push(edgePath, nightly(edgePath));
  world.push(plainPath, changed(plainPath, "[sam]", "[rae]"));
  await world.sync();
  await night();
  expect(world.cluster.submitted.at(-1)?.stream).toBe("edge");
  await world.show(succeeded);
  await world.show(broken);
  expect(issues()).toEqual([]);
  await world.show(broken);
  expect(issues()).toMatchObject([{ state: "open" }]);
  expect(issues()[0]?.body).toContain("is **Rejected**");
  const [release] = await listReleases(world.bot.db, address.id, { stream: "edge" }, 1);
  await world.say("ada", 12, `/accept ${release?.name ?? ""} the machine was broken`);
  expect(issues()).toMatchObject([{ state: "closed" }]);
});

describe("where it is cut short", () => {
  const again = async () => {
    const { id } = await world.newestRun();
    await updateRun(world.bot.db, id, { settled: false, dueAt: world.bot.now().toISOString() });
    world.pass(60_000);
    await world.work();
    expect(await getRun(world.bot.db, id)).toMatchObject({ settled: true });
  };

  test("an issue whose answer was lost, or that nobody remembers, is found again", async () => {
    world.gitHub.faults.push({ call: /^POST R\/issues$/, status: 502, done: true });
    await fail();
    world.pass(10 * 60_000);
    await world.work();
    expect(issues()).toHaveLength(1);
    await removeTrackingIssue(world.bot.db, address.id, "plain");
    await again();
    expect(issues()).toHaveLength(1);
  });

  test("one that a person wrote with the same first line is not taken for it", async () => {
    await fail();
    const [own] = issues();
    if (own === undefined) throw new Error("there is no issue");
    issues().splice(0, 1, { ...own, login: "eve", number: 3 });
    await removeTrackingIssue(world.bot.db, address.id, "plain");
    await again();
    expect(issues()).toMatchObject([{ login: "eve" }, { login: "okd-streams[bot]" }]);
  });

  test("the end that was carried out twice changes nothing", async () => {
    await fail();
    const before = world.gitHub.calls.length;
    await again();
    expect(
      world.gitHub.calls.slice(before).filter((call) => /^(POST|PATCH) R\/issues/.test(call)),
    ).toEqual([]);
  });

  test("an issue that could not be closed is closed by the comparison", async () => {
    await fail();
    await night();
    world.gitHub.faults.push({ call: /^PATCH R\/issues/, status: 502 });
    await world.show(succeeded);
    world.pass(10 * 60_000);
    expect(await resync(world.bot)).toEqual([]);
    expect(issues()).toMatchObject([{ state: "closed" }]);
  });
});
