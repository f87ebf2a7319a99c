import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { updateRun } from "../../../src/store/runs.ts";
import { resync } from "../../../src/bot/resync.ts";
import { wantScheduled } from "../../../src/bot/runs/want-scheduled.ts";
import { listReleases, setReleasePhase } from "../../../src/store/releases.ts";
import {
  changed,
  edgePath,
  settings,
  settingsPath,
} from "../../fixtures/bot/streams-repository.ts";
import { repository as address } from "../../fixtures/github/answers.ts";
import { broken, image, succeeded } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.gitHub.roles.set("ada", "write");
});
afterEach(() => world.end());

const plainPath = "streams/plain.yaml";
const otherBranch = changed(edgePath, "branch: master", "branch: other");

/** The stream `plain` builds on the images of others; it is there before the bot looks for the first time. */
function follow(names: readonly string[], more = ""): void {
  const base = names.map((name) => `$(upstream.${name}.pullSpec)`).join(" ");
  const text = changed(plainPath, "branch: master", `branch: ${base}`);
  const after = `  triggers: { afterStreams: [${names.join(", ")}] }\n${more}  release:\n`;
  world.push(plainPath, text.replace("  release:\n", after));
}

const builds = async () =>
  (await world.runs({ kind: "build" })).filter(({ stream }) => stream === "plain");
const newestRelease = async (stream: string) => {
  const [release] = await listReleases(world.bot.db, address.id, { stream }, 1);
  if (release === undefined) throw new Error(`${stream} has no release`);
  return release;
};
const rejectEdge = async () => {
  await world.merge(edgePath, otherBranch);
  await world.work();
  await world.show(succeeded);
  await world.show(broken);
  await world.show(broken);
  return newestRelease("edge");
};

describe("a stream that follows another", () => {
  test("is built once its release is Accepted, of the default branch and with its image", async () => {
    follow(["edge"]);
    const commit = await world.merge(edgePath, otherBranch);
    await world.work();
    await world.show(succeeded);
    expect(await builds()).toEqual([]);
    await world.show({ ...succeeded, results: {} });
    const { runId } = await newestRelease("edge");
    expect(await builds()).toMatchObject([
      {
        cause: `upstream:${runId}`,
        commit,
        state: "submitted",
        request: { params: { branch: image["pull-spec"] } },
      },
    ]);
    expect(world.cluster.submitted.at(-1)).toMatchObject({
      stream: "plain",
      params: { branch: image["pull-spec"] },
    });
  });

  test("is built once for one release, though its end is carried out again after a crash", async () => {
    follow(["edge"]);
    await world.merge(edgePath, otherBranch);
    await world.release();
    for (const { id } of await world.runs()) {
      const dueAt = world.bot.now().toISOString();
      await updateRun(world.bot.db, id, { settled: false, dueAt });
    }
    world.push(plainPath, world.git.git("show", `HEAD:${plainPath}`).replace("4.21", "4.22"));
    await world.mirror.fetch();
    await world.work();
    expect(await builds()).toHaveLength(1);
  });

  test("is built again for the next release", async () => {
    follow(["edge"]);
    await world.merge(edgePath, otherBranch);
    await world.release();
    const first = await newestRelease("edge");
    await world.show(succeeded);
    world.push(edgePath, changed(edgePath, "branch: master", "branch: third"));
    await world.sync();
    await world.work();
    await world.show(succeeded);
    await world.show({ ...succeeded, results: {} });
    const second = await newestRelease("edge");
    expect((await builds()).map(({ cause }) => cause)).toEqual([
      `upstream:${second.runId}`,
      `upstream:${first.runId}`,
    ]);
  });

  test("is not built for a release that was rejected, and is once a person accepts it", async () => {
    follow(["edge"]);
    const { name, phase, runId } = await rejectEdge();
    expect(phase).toBe("Rejected");
    expect(await builds()).toEqual([]);
    const comment = await world.say("ada", 7, `/accept ${name} the machine was broken`);
    await world.hear(comment);
    await world.say("ada", 7, `/accept ${name} once more`);
    expect((await builds()).map(({ cause }) => cause)).toEqual([`upstream:${runId}`]);
  });

  test("is built by a comment that was cut short, when it is delivered again", async () => {
    follow(["edge"]);
    const { name } = await rejectEdge();
    const comment = world.gitHub.write("ada", 7, `/accept ${name} the machine was broken`);
    // The first is read to answer the comment at all, the second to see who follows.
    const resolve = jest.spyOn(world.mirror, "resolve");
    resolve.mockImplementationOnce(() => Promise.resolve(world.git.git("rev-parse", "main")));
    resolve.mockImplementationOnce(() => Promise.reject(new Error("the disk is full")));
    await expect(world.hear(comment)).rejects.toThrow("the disk is full");
    expect(await builds()).toEqual([]);
    resolve.mockRestore();
    await world.hear(comment);
    expect(await builds()).toHaveLength(1);
    expect(await newestRelease("edge")).toMatchObject({ phase: "Accepted", phaseBy: "ada" });
    expect(world.gitHub.said(7)).toContain("is now **Accepted**: the machine was broken");
  });

  test("is built by the comparison where the bot was killed before it could ask", async () => {
    follow(["edge"]);
    const { name, runId } = await rejectEdge();
    const by = { phase: "Accepted", reason: "it boots", by: "ada" } as const;
    await setReleasePhase(world.bot.db, address.id, name, by, world.bot.now());
    expect(await builds()).toEqual([]);
    expect(await resync(world.bot)).toEqual([]);
    await resync(world.bot);
    expect((await builds()).map(({ cause }) => cause)).toEqual([`upstream:${runId}`]);
  });

  test("waits while another that it follows has no release, and is built with both", async () => {
    world.push(
      "streams/third.yaml",
      changed(plainPath, "name: plain", "name: third").replace("scos-plain", "scos-third"),
    );
    follow(["edge", "third"]);
    await world.merge(edgePath, otherBranch);
    await world.release();
    expect(await builds()).toEqual([]);
    await world.say("ada", 7, "/build third");
    await world.work();
    await world.show({
      ...succeeded,
      results: { ...image, "pull-spec": `quay.io/okd/third@${image["image-digest"]}` },
    });
    const { runId } = await newestRelease("third");
    expect(await builds()).toMatchObject([
      {
        cause: `upstream:${runId}`,
        request: {
          params: {
            branch: `${image["pull-spec"]} quay.io/okd/third@${image["image-digest"]}`,
          },
        },
      },
    ]);
  });

  test.each(["paused", "retired"])("is not built while it is %s", async (state) => {
    follow(["edge"], `  lifecycle: { state: ${state} }\n`);
    await world.merge(edgePath, otherBranch);
    await world.release();
    expect(await builds()).toEqual([]);
  });

  test.each(["pause: true", "mode: report"])(
    "is not built under %s, and is once that ends",
    async (line) => {
      follow(["edge"]);
      await world.merge(edgePath, otherBranch);
      await world.work();
      world.push(settingsPath, settings(line));
      await world.sync();
      await world.release();
      await resync(world.bot);
      expect(await builds()).toEqual([]);
      world.push(settingsPath, settings("mode: active"));
      await world.sync();
      await world.sync();
      const { runId } = await newestRelease("edge");
      expect((await builds()).map(({ cause }) => cause)).toEqual([`upstream:${runId}`]);
    },
  );

  test("is not built again by the release that its merge was built on already", async () => {
    await world.merge(edgePath, otherBranch);
    const name = await world.release();
    follow(["edge"]);
    await world.sync();
    await resync(world.bot);
    const [build, ...more] = await builds();
    expect(more).toEqual([]);
    expect(build).toMatchObject({
      cause: `merge:${world.git.git("rev-parse", "HEAD")}`,
      request: { params: { branch: image["pull-spec"] }, upstreams: { edge: name } },
    });
  });

  test("is not built twice by an older version of the bot, which did not say on what it built", async () => {
    follow(["edge"]);
    await world.merge(edgePath, otherBranch);
    await world.release();
    for (const { id, request } of await builds()) {
      const { upstreams, ...older } = request;
      expect(upstreams).toEqual({ edge: expect.any(String) });
      await world.bot.db
        .updateTable("runs")
        .set({ request: JSON.stringify(older) })
        .where("id", "=", id)
        .execute();
    }
    await resync(world.bot);
    expect(await builds()).toHaveLength(1);
  });
});

describe("a stream on the image of another that has no release yet", () => {
  const merge = async () => {
    await world.sync();
    follow(["edge"]);
    const path = "topic.txt";
    world.git.git("checkout", "--quiet", "-b", "topic");
    world.push(plainPath, world.git.git("show", `HEAD:${plainPath}`).replace("4.21", "4.22"));
    world.git.git("checkout", "--quiet", "main");
    world.push(path, "so that the merge is one");
    const commit = world.gitHub.mergePull(world.gitHub.addPull({ ref: "topic" }), "Merge #7");
    await world.sync();
    return commit;
  };
  const lack = "`plain` is built on the image of `edge`, and there is no Accepted release of that";

  test("is not built by a merge, which its commit and its pull request say", async () => {
    const commit = await merge();
    expect(await world.runs()).toEqual([]);
    expect(world.gitHub.check("build (plain)", commit)).toMatchObject({
      status: "completed",
      conclusion: "neutral",
      output: { title: "Not built", summary: expect.stringContaining(lack) },
    });
    expect(world.gitHub.said(7)).toContain(lack);
    await world.sync();
    expect(world.gitHub.comments).toHaveLength(1);
  });

  test("is not built by /build and /retry, which say so, and is by /retry once there is one", async () => {
    const commit = await merge();
    for (const command of ["/build plain", "/retry", "/status plain"]) {
      await world.say("ada", 7, command);
      expect(world.gitHub.said(7).split("okd-streams:reply").at(-1)).toContain(lack);
    }
    expect(await world.runs()).toEqual([]);
    await world.say("ada", 7, "/build edge");
    await world.work();
    await world.show(succeeded);
    world.push(settingsPath, settings("pause: true"));
    await world.sync();
    await world.show({ ...succeeded, results: {} });
    expect(await builds()).toEqual([]);
    world.push(settingsPath, settings("mode: active"));
    const comment = await world.say("ada", 7, "/retry");
    await world.hear(comment);
    expect(await builds()).toMatchObject([
      {
        cause: `merge:${commit}`,
        pullNumber: 7,
        request: { params: { branch: image["pull-spec"] } },
      },
    ]);
    await world.sync();
    expect(await builds()).toHaveLength(1);
  });

  test("is built by what it waited for, and not by the schedule that came due meanwhile too", async () => {
    await world.sync();
    follow(["edge"]);
    const text = world.git.git("show", `HEAD:${plainPath}`);
    world.push(
      plainPath,
      text.replace("triggers: {", 'triggers: { schedule: { cron: "0 4 * * *" },'),
    );
    await world.sync();
    const look = async () => wantScheduled(world.bot, await world.repository());
    world.pass(24 * 3_600_000);
    await look();
    expect(await builds()).toEqual([]);
    expect(world.gitHub.check("build (plain)", world.git.git("rev-parse", "main"))).toMatchObject({
      output: { summary: expect.stringContaining(lack) },
    });
    await world.say("ada", 7, "/build edge");
    await world.release();
    await look();
    expect((await builds()).map(({ cause }) => cause.split(":")[0])).toEqual(["upstream"]);
    world.pass(24 * 3_600_000);
    await look();
    expect((await builds()).map(({ cause }) => cause.split(":")[0])).toEqual([
      "schedule",
      "upstream",
    ]);
    expect((await builds())[0]?.request.params).toEqual({ branch: image["pull-spec"] });
  });
});
