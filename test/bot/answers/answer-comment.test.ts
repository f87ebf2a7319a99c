import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { rerunCheck } from "../../../src/bot/reviews/rerun-check.ts";
import { listPromotions } from "../../../src/store/promotions.ts";
import { getRelease } from "../../../src/store/releases.ts";
import { changed, edgePath } from "../../fixtures/bot/streams-repository.ts";
import { repository as address } from "../../fixtures/github/answers.ts";
import { broken, observed, succeeded, unavailable } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.gitHub.roles
    .set("ada", "write")
    .set("tom", "triage")
    .set("rae", "read")
    .set("ben", "read")
    .set("sam", "read")
    .set("nora", "read");
  await world.merge(edgePath, changed(edgePath, "branch: master", "branch: other"));
});
afterEach(() => world.end());

const fail = async () => {
  await world.work();
  await world.show(broken);
};
const newestReply = () => world.gitHub.said(7).split("<!-- okd-streams:reply").at(-1) ?? "";

describe("who may do what", () => {
  const refusal = "is for maintainers of this repository (write permission)";
  const ofStreams = "is for maintainers of this repository (write permission) and for the stream's";

  test.each([
    ["rae", "/build edge", ofStreams],
    ["tom", "/build edge", ofStreams],
    ["tom", "/promote latest to next", refusal],
    ["sam", "/promote latest to next", refusal],
    ["tom", "/accept x because", refusal],
    ["sam", "/reject x because", refusal],
    ["eve", "/validate", "is for the author of the pull request and for those who have triage"],
    ["ada", "/approve", "works on promotion pull requests only"],
    ["ada", "/hold", "works on promotion pull requests only"],
    ["ada", "/decline no", "works on promotion pull requests only"],
  ])("%s is refused %s, with the reason", async (login, command, reason) => {
    await world.say(login, 7, command);
    expect(newestReply()).toContain(reason);
    expect(await world.runs()).toHaveLength(1);
    expect(await listPromotions(world.bot.db, {}, 10)).toEqual([]);
  });

  test.each([
    ["anyone", "eve", "/help", "`/promote RELEASE"],
    ["anyone", "eve", "/status", "| `edge` |"],
    ["a contributor", "tom", "/validate", "This pull request is closed."],
    ["the author", "nora", "/retest", "This pull request is closed."],
    ["a maintainer", "ada", "/accept x because", "There is no release `x`."],
    ["a maintainer", "ada", "/build nothing", "Streams: `edge`, `plain`."],
    ["a maintainer", "ada", "/promote latest to nowhere", "Channels: `next`, `quiet`."],
    ["a maintainer", "ada", "/promote latest to next", "There is no release yet"],
    ["a maintainer", "ada", "/retry", "Nothing to retry"],
    ["a maintainer", "ada", "/retry edge-0000000000", "No run is named `edge-0000000000`."],
    ["anyone", "eve", "/status nothing", "There is no stream and no channel `nothing`."],
  ])("%s (%s) may ask %s", async (_who, login, command, answer) => {
    await world.say(login, 7, command);
    expect(newestReply()).toContain(answer);
  });

  test("permission is asked of GitHub for each comment, not remembered", async () => {
    await world.say("ada", 7, "/build plain");
    world.gitHub.roles.set("ada", "read");
    await world.say("ada", 7, "/build edge");
    expect(newestReply()).toContain(ofStreams);
    expect(await world.runs()).toHaveLength(2);
  });

  test("a stream's maintainer builds and retries that stream, in whatever case the name is", async () => {
    await fail();
    await world.say("SAM", 7, "/retry");
    await world.say("sam", 7, "/build edge");
    expect(await world.runs()).toHaveLength(3);
  });

  test("and no other stream", async () => {
    const path = "streams/plain.yaml";
    world.push(path, changed(path, "[sam]", "[rae]").replace("branch: master", "branch: x"));
    await world.sync();
    await fail();
    const run = (await world.runs()).find(({ stream }) => stream === "plain");
    world.cluster.runs.clear();
    world.pass(100_000);
    await world.work();
    await world.say("sam", 7, `/retry ${run?.name ?? ""}`);
    expect(newestReply()).toContain(ofStreams);
    await world.say("rae", 7, `/retry ${run?.name ?? ""}`);
    expect(newestReply()).toContain("`plain` is built again (attempt 2)");
  });
});

describe("what is no command", () => {
  test.each([
    ["prose", "please /build edge"],
    ["a code block", "```\n/build edge\n```"],
    ["an indented block", "    /build edge"],
    ["a quote", "> /build edge"],
    ["an HTML comment", "<!--\n/build edge\n-->"],
    ["an unknown verb", "/deploy edge"],
  ])("in %s is left alone, without a call to GitHub", async (_where, body) => {
    const before = world.gitHub.calls.length;
    await world.say("ada", 7, body);
    expect(world.gitHub.calls).toHaveLength(before);
    expect(await world.runs()).toHaveLength(1);
  });

  test("written by a bot is left alone, the bot's own comments among them", async () => {
    const before = world.gitHub.calls.length;
    for (const login of ["okd-streams[bot]", "renovate[bot]"])
      await world.say(login, 7, "/build edge");
    expect(world.gitHub.calls).toHaveLength(before);
  });

  test.each(["/build ../../etc/passwd", "/build edge; reboot", "/retry $(reboot)", "/build"])(
    "%s is answered with the syntax and not half obeyed",
    async (body) => {
      await world.say("ada", 7, body);
      expect(newestReply()).toContain("I do not understand the words after");
      expect(await world.runs()).toHaveLength(1);
    },
  );
});

describe("/retry", () => {
  test("asks again with the same inputs, once for a comment however often it is heard", async () => {
    await fail();
    const comment = await world.say("ada", 7, "/retry");
    await world.hear(comment);
    await world.work();
    await world.show(broken);
    await world.hear(comment);
    const [second, first, ...more] = await world.runs();
    expect(more).toEqual([]);
    expect(second).toMatchObject({ attempt: 2, requestedBy: "ada", state: "failed" });
    expect(second?.request.params).toEqual(first?.request.params);
  });

  test("of a run by name is refused while a newer attempt of it is under way, and numbers on from that", async () => {
    await fail();
    const { name } = await world.newestRun();
    const comments = [1, 2].map(() => world.gitHub.write("ada", 7, `/retry ${name}`));
    await Promise.all(comments.map((comment) => world.hear(comment)));
    const second = await world.newestRun();
    expect(world.gitHub.said(7)).toContain(
      `\`${second.name}\` (attempt 2), which is for the same, is still requested.`,
    );
    expect(await world.runs()).toHaveLength(2);
    await world.work();
    await world.show(broken);
    await world.say("ada", 7, `/retry ${name}`);
    expect(newestReply()).toContain("is built again (attempt 3)");
    for (const comment of comments) await world.hear(comment);
    expect((await world.runs()).map(({ attempt }) => attempt)).toEqual([3, 2, 1]);
  });

  test("leaves what succeeded", async () => {
    await world.work();
    await world.show(succeeded);
    await world.show({ ...succeeded, results: {} });
    await world.say("ada", 7, "/retry");
    expect(newestReply()).toContain("Nothing to retry");
  });

  test("of a verification that failed for good decides the release anew", async () => {
    await world.work();
    await world.show(succeeded);
    await world.show(broken);
    await world.show(broken);
    const [{ name } = { name: "" }] = await releases();
    expect(await getRelease(world.bot.db, address.id, name)).toMatchObject({ phase: "Rejected" });
    await world.say("ada", 7, "/retry");
    await world.work();
    await world.show({ ...succeeded, results: {} });
    expect(await getRelease(world.bot.db, address.id, name)).toMatchObject({ phase: "Accepted" });
  });

  async function releases() {
    return await world.bot.db.selectFrom("releases").select("name").execute();
  }
});

describe("/cancel", () => {
  test("of a run that was not sent ends it here", async () => {
    await world.say("ada", 7, "/cancel");
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "cancelled", settled: true });
    expect(world.cluster.submitted).toEqual([]);
    expect(world.cluster.cancelled).toEqual([]);
  });

  test("of a run that may have arrived asks the cluster", async () => {
    world.cluster.refusal = { problem: unavailable, taken: true };
    await world.work();
    const { name } = await world.newestRun();
    await world.say("ada", 7, "/cancel");
    expect(newestReply()).toContain(`\`${name}\` is told to stop.`);
    await world.work();
    expect(world.cluster.cancelled).toEqual([name]);
  });

  test("reaches a run that appears only afterwards, on a cluster that did not answer at first", async () => {
    await world.work();
    await world.say("ada", 7, "/cancel");
    await world.work();
    expect(world.cluster.cancelled).toEqual([]);
    world.cluster.unreadable = unavailable;
    await world.show({});
    world.cluster.unreadable = undefined;
    world.pass(60_000);
    await world.work();
    expect(world.cluster.cancelled).toEqual([(await world.newestRun()).name]);
    await world.show({ phase: "cancelled", reason: "Cancelled", message: "cancelled" });
    expect(await world.newestRun()).toMatchObject({
      state: "cancelled",
      message: "Stopped by ada.",
      settled: true,
    });
    expect(world.gitHub.said(7)).toContain("Stopped by ada.");
  });

  test("ends a run that never appears as cancelled, and not as lost", async () => {
    await world.work();
    await world.say("ada", 7, "/cancel");
    world.pass(61_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({ state: "cancelled", settled: true });
  });

  test("reaches a run whose name the listener makes up, once the event's run is found", async () => {
    world.cluster.runNames = "generated";
    await world.work();
    await world.say("ada", 7, "/cancel");
    await world.work();
    expect(world.cluster.cancelled).toEqual([]);
    const payload = world.cluster.submitted.at(-1)!;
    const found = observed(payload, { name: "okd-coreos-x7k2p" });
    world.cluster.runs.set("event-1", found);
    world.pass(15_000);
    await world.work();
    expect(world.cluster.cancelled).toEqual(["okd-coreos-x7k2p"]);
    world.cluster.runs.set("event-1", { ...found, phase: "cancelled", reason: "Cancelled" });
    world.pass(15_000);
    await world.work();
    expect(await world.newestRun()).toMatchObject({
      state: "cancelled",
      name: "okd-coreos-x7k2p",
      settled: true,
    });
    expect(world.cluster.submitted).toHaveLength(1);
  });

  test("is refused to whom the stream does not belong", async () => {
    await world.work();
    await world.say("rae", 7, "/cancel");
    expect(newestReply()).toContain("is for maintainers");
    expect(world.cluster.cancelled).toEqual([]);
  });
});

test("/build builds what the default branch has now, once for a comment", async () => {
  const comment = await world.say("ada", 7, "/build plain");
  await world.hear(comment);
  expect(await world.runs()).toHaveLength(2);
  expect((await world.runs()).find(({ stream }) => stream === "plain")).toMatchObject({
    commit: world.git.git("rev-parse", "main"),
    cause: `command:${comment.id}`,
  });
});

test("/build on a pull request is told as a build of the default branch, and not of the pull request", async () => {
  world.git.git("checkout", "--quiet", "-b", "open");
  const head = world.push("README.md", "Open\n");
  world.git.git("checkout", "--quiet", "main");
  const pull = world.gitHub.addPull({ ref: "open", number: 9 });
  const main = world.git.git("rev-parse", "main");
  await world.work();
  await world.say("ada", pull.number, "/build plain");
  await world.work();
  await world.show(succeeded);
  const said = world.gitHub.said(9);
  expect(said).toContain(
    `### Build of the default branch at ${main.slice(0, 10)}, asked for by ada: succeeded`,
  );
  expect(said).not.toContain("of this pull request");
  expect(world.gitHub.checks.filter(({ head_sha }) => head_sha === head)).toEqual([]);
});

test("/build on a merged pull request claims nothing of its head, nor of its own builds", async () => {
  await world.work();
  await world.show(succeeded);
  await world.show({ ...succeeded, results: {} });
  const head = world.gitHub.pulls[0]?.head;
  const ofHead = () => world.gitHub.checks.filter(({ head_sha }) => head_sha === head);
  const before = structuredClone(ofHead());
  world.push("README.md", "Later\n");
  await world.sync();
  await world.say("ada", 7, "/build edge");
  await world.work();
  await world.show(broken);
  expect(world.gitHub.said(7)).toContain("The build of this pull request succeeded");
  expect(world.gitHub.said(7)).toContain("asked for by ada: failed");
  expect(ofHead()).toEqual(before);
});

test("/build on an issue, which is no pull request, is reported there and made a release", async () => {
  await world.work();
  await world.say("ada", 12, "/build plain");
  await world.work();
  await world.show(succeeded);
  expect(world.gitHub.said(12)).toContain("is now the release");
});

test.each(["paused", "retired"])("a stream that is %s is built by no command", async (state) => {
  await fail();
  const text = changed(edgePath, "branch: master", "branch: other");
  world.push(edgePath, `${text}  lifecycle: { state: ${state} }\n`);
  for (const command of ["/build edge", "/retry", `/retry ${(await world.newestRun()).name}`]) {
    await world.say("ada", 7, command);
    expect(newestReply()).toContain(`The stream \`edge\` is ${state}, so nothing builds it.`);
  }
  const check = world.gitHub.checks.findLast(({ name }) => name.includes("build (edge)"));
  const press = { checkRunId: check?.id ?? 0, login: "ada" };
  await rerunCheck(world.bot, await world.repository(), press);
  expect(await world.runs()).toHaveLength(1);
});

test("/retry finds a run by the beginning of its id, however old it is, and no other by a pattern", async () => {
  await fail();
  const { id } = await world.newestRun();
  await world.say("ada", 7, `/retry ${id.slice(0, 8)}`);
  expect(await world.runs()).toHaveLength(2);
  for (const pattern of ["______", id.slice(0, 5)]) {
    await world.say("ada", 7, `/retry ${pattern}`);
    expect(newestReply()).toContain(`No run is named`);
  }
});

test("a person's word over a release stays when its verifications end", async () => {
  await world.work();
  await world.show(succeeded);
  const release = await world.bot.db
    .selectFrom("releases")
    .select("name")
    .executeTakeFirstOrThrow();
  await world.say("ada", 7, `/reject ${release.name} @okd-project/all it does not boot`);
  expect(newestReply()).toContain("it does not boot");
  expect(newestReply()).not.toContain("@okd-project/all");
  await world.show({ ...succeeded, results: {} });
  expect(await getRelease(world.bot.db, address.id, release.name)).toMatchObject({
    phase: "Rejected",
    phaseBy: "ada",
  });
});

test("several commands of a comment are answered in one reply", async () => {
  await world.say("ada", 7, "/help\n\n/status edge\n/build");
  const replies = world.gitHub.comments.filter(({ body }) => body.includes("okd-streams:reply"));
  expect(replies).toHaveLength(1);
  expect(replies[0]?.body).toMatch(/\/promote[\s\S]*\| `edge` \|[\s\S]*I do not understand/);
});
