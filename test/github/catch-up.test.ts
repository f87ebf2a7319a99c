import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { catchUp } from "../../src/github/catch-up.ts";
import { openMirror, type Mirror } from "../../src/github/open-mirror.ts";
import { createGitFixture, type GitFixture } from "./git-fixture.ts";

let git: GitFixture;
let mirror: Mirror;
let fetches: number;
beforeEach(async () => {
  git = createGitFixture();
  git.write("a.txt", "first");
  git.commit("Begin");
  const opened = openMirror({
    directory: join(git.root, "mirror.git"),
    gitUrl: git.url,
    token: () => Promise.resolve(undefined),
    protocols: ["file"],
  });
  await opened.fetch();
  fetches = 0;
  mirror = {
    ...opened,
    fetch() {
      fetches += 1;
      return opened.fetch();
    },
  };
});
afterEach(() => git.remove());

test("a mirror that has not seen what another replica carried out fetches it before it is read", async () => {
  git.write("a.txt", "second");
  const seen = git.commit("Change");
  expect(await mirror.resolve("main")).not.toBe(seen);
  const fresh = catchUp(mirror, seen);
  expect(await Promise.all([fresh.resolve("main"), fresh.resolve("main")])).toEqual([seen, seen]);
  expect(await fresh.listFiles(seen, ["a.txt"])).toHaveLength(1);
  expect(fetches).toBe(1);
});

test("one that has it asks nobody", async () => {
  const head = await mirror.resolve("main");
  expect(await catchUp(mirror, head ?? "").resolve("main")).toBe(head);
  expect(fetches).toBe(0);
});
