import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { getRepository } from "../../src/store/repositories.ts";
import { changed, edgePath, settings, settingsPath } from "../fixtures/bot/streams-repository.ts";
import { image } from "./fake-cluster.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.end());

const branch = (name: string) => changed(edgePath, "branch: master", `branch: ${name}`);
const set = (line: string) => world.push(settingsPath, settings(line));
const causes = async () => (await world.runs()).map(({ cause }) => cause);
const pointer = `apiVersion: streams.okd.io/v1alpha1
kind: ChannelRelease
metadata:
  name: next
spec:
  name: 4.21.0-okd-scos.next.0
  stream: edge
  release: 4.21.0-0.okd-scos-edge-2026-01-01-000000
  pullSpec: ${image["pull-spec"]}
  digest: ${image["image-digest"]}
  promotion:
    requestedBy: ada
`;

describe("a pause", () => {
  test("holds the builds of merges, and they are made after it, each stream from its newest change", async () => {
    await world.sync();
    set("pause: true");
    await world.sync();
    world.push(edgePath, branch("first"));
    await world.sync();
    const newest = world.push(edgePath, branch("second"));
    await world.sync();
    expect(await world.runs()).toEqual([]);
    set("pause: false");
    await world.sync();
    await world.sync();
    expect(await causes()).toEqual([`merge:${newest}`]);
  });

  test("that comes with a merge holds its build too", async () => {
    await world.sync();
    world.git.write(settingsPath, settings("pause: true"));
    const merged = world.push(edgePath, branch("first"));
    await world.sync();
    expect(await world.runs()).toEqual([]);
    set("pause: false");
    await world.sync();
    expect(await causes()).toEqual([`merge:${merged}`]);
  });

  test("holds the publication of a channel that moved, until it ends", async () => {
    await world.sync();
    set("pause: true");
    const move = world.push("streams/channels/next/release.yaml", pointer);
    await world.sync();
    expect(await world.runs()).toEqual([]);
    set("pause: false");
    await world.sync();
    expect(await world.runs()).toMatchObject([
      { kind: "publish", subject: "next", cause: `promotion:${move}` },
    ]);
  });

  test("lets runs that are under way end", async () => {
    await world.merge(edgePath, branch("first"));
    await world.work();
    set("pause: true");
    await world.sync();
    await world.release();
    expect((await world.runs()).map(({ kind, state }) => [kind, state])).toEqual([
      ["verify", "succeeded"],
      ["build", "succeeded"],
    ]);
  });

  test("under which a repository is first seen ends with what was merged since, and no more", async () => {
    set("pause: true");
    await world.sync();
    const { id } = await world.repository();
    expect(await getRepository(world.bot.db, id)).toMatchObject({ syncedCommit: null });
    const merged = world.push(edgePath, branch("first"));
    await world.sync();
    set("pause: false");
    await world.sync();
    expect(await causes()).toEqual([`merge:${merged}`]);
  });

  test("that report mode follows builds nothing afterwards", async () => {
    await world.sync();
    set("pause: true");
    world.push(edgePath, branch("first"));
    await world.sync();
    set("mode: report");
    await world.sync();
    set("mode: active");
    await world.sync();
    expect(await world.runs()).toEqual([]);
  });
});

describe("report mode", () => {
  test("builds and publishes nothing, and nothing of it afterwards", async () => {
    await world.sync();
    set("mode: report");
    world.push(edgePath, branch("first"));
    world.push("streams/channels/next/release.yaml", pointer);
    await world.sync();
    set("mode: active");
    await world.sync();
    expect(await world.runs()).toEqual([]);
    const merged = world.push(edgePath, branch("second"));
    await world.sync();
    expect(await causes()).toEqual([`merge:${merged}`]);
  });
});
