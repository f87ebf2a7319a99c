import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { updateRun } from "../../../src/store/runs.ts";
import { listReleases } from "../../../src/store/releases.ts";
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

  test("and uses its image is built in no other way, and /build says why", async () => {
    follow(["edge"]);
    await world.sync();
    world.push(plainPath, world.git.git("show", `HEAD:${plainPath}`).replace("4.21", "4.22"));
    await world.sync();
    await world.say("ada", 7, "/build plain");
    expect(await builds()).toEqual([]);
    expect(world.warnings).toContain("a stream cannot be built");
    expect(world.gitHub.said(7)).toContain("upstream.edge.pullSpec");
  });

  test.each(["paused", "retired"])("is not built while it is %s", async (state) => {
    follow(["edge"], `  lifecycle: { state: ${state} }\n`);
    await world.merge(edgePath, otherBranch);
    await world.release();
    expect(await builds()).toEqual([]);
  });

  test.each(["pause: true", "mode: report"])("is not built under %s", async (line) => {
    follow(["edge"]);
    await world.merge(edgePath, otherBranch);
    world.push(settingsPath, settings(line));
    await world.sync();
    await world.release();
    expect(await builds()).toEqual([]);
  });
});
