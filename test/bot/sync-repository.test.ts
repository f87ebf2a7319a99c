import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  changed,
  edgePath,
  files,
  settings,
  settingsPath,
} from "../fixtures/bot/streams-repository.ts";
import { setSyncedCommit } from "../../src/store/repositories.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.end());

const otherBranch = changed(edgePath, "branch: master", "branch: release-4.21");
const causes = async () => (await world.runs()).map(({ stream, cause }) => [stream, cause]);

describe("a repository seen for the first time", () => {
  test("is taken as built", async () => {
    await world.sync();
    expect(await world.runs()).toEqual([]);
    expect(await world.repository()).toMatchObject({
      baseline: world.first,
      syncedCommit: world.first,
    });
  });
});

describe("a merge", () => {
  beforeEach(() => world.sync());

  test("that changes a stream's inputs asks for one run of it, for the pull request", async () => {
    const commit = await world.merge(edgePath, otherBranch);
    expect(await world.runs()).toMatchObject([
      {
        stream: "edge",
        cause: `merge:${commit}`,
        commit,
        state: "requested",
        pullNumber: 7,
        request: { params: { branch: "release-4.21" } },
      },
    ]);
  });

  test("of a task builds every stream that uses it", async () => {
    const path = "tekton/tasks/assemble.yaml";
    const commit = world.push(
      path,
      changed(path, "echo $(params.branch)", "echo on $(params.branch)"),
    );
    await world.sync();
    expect(new Map(await causesOf())).toEqual(
      new Map([
        ["edge", `merge:${commit}`],
        ["plain", `merge:${commit}`],
      ]),
    );
    async function causesOf() {
      return (await world.runs()).map(({ stream, cause }) => [stream, cause] as const);
    }
  });

  test("looked at twice, or again after a crash before it was noted, asks once", async () => {
    const commit = world.push(edgePath, otherBranch);
    await world.sync();
    await world.sync();
    await setSyncedCommit(
      world.bot.db,
      (await world.repository()).id,
      world.first,
      world.bot.now(),
    );
    await world.sync();
    expect(await causes()).toEqual([["edge", `merge:${commit}`]]);
  });

  test.each([
    ["a title", edgePath, changed(edgePath, "title: edge stream", "title: Edge")],
    ["the verifications", edgePath, changed(edgePath, "maxRetries: 1", "maxRetries: 2")],
    ["only a comment of YAML", edgePath, `# why\n${files[edgePath] ?? ""}`],
    ["a file that nobody watches", "README.md", "Hello"],
  ])("that changes %s builds nothing", async (_what, path, content) => {
    const head = world.push(path, content);
    await world.sync();
    expect(await world.runs()).toEqual([]);
    expect((await world.repository()).syncedCommit).toBe(head);
  });

  test("that goes back to older inputs builds again", async () => {
    const there = world.push(edgePath, otherBranch);
    await world.sync();
    world.pass(1000);
    const back = world.push(edgePath, files[edgePath] ?? "");
    await world.sync();
    expect(await causes()).toEqual([
      ["edge", `merge:${back}`],
      ["edge", `merge:${there}`],
    ]);
  });

  test("that comes with another in one push builds each stream once, from its newest change", async () => {
    world.push(edgePath, changed(edgePath, "branch: master", "branch: first"));
    const newest = world.push(edgePath, otherBranch);
    const plain = world.push(
      "streams/plain.yaml",
      changed("streams/plain.yaml", "branch: master", "branch: other"),
    );
    await world.sync();
    expect((await causes()).toSorted()).toEqual([
      ["edge", `merge:${newest}`],
      ["plain", `merge:${plain}`],
    ]);
  });

  test.each([
    ["in report mode", settingsPath, settings("mode: report")],
    ["while the bot is paused", settingsPath, settings("pause: true")],
  ])("builds nothing %s", async (_when, path, content) => {
    world.git.write(path, content);
    world.push(edgePath, otherBranch);
    await world.sync();
    expect(await world.runs()).toEqual([]);
  });

  test.each([
    ["is paused", "lifecycle: { state: paused }"],
    ["is retired", "lifecycle: { state: retired }"],
    ["does not build on merges", "triggers: { merge: false }"],
  ])("of a stream that %s builds nothing", async (_what, line) => {
    world.push(edgePath, otherBranch.replace("  release:\n", `  ${line}\n  release:\n`));
    await world.sync();
    expect(await world.runs()).toEqual([]);
  });

  test("that breaks a stream builds it when it is mended, and not before", async () => {
    world.push(edgePath, otherBranch.replace("operatingSystem: scos", "operatingSystem: beos"));
    await world.sync();
    expect(await world.runs()).toEqual([]);
    const mended = world.push(edgePath, otherBranch);
    await world.sync();
    expect(await causes()).toEqual([["edge", `merge:${mended}`]]);
  });
});
