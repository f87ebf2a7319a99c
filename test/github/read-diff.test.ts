import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { openMirror, type Mirror } from "../../src/github/open-mirror.ts";
import { parseDiff } from "../../src/github/read-diff.ts";
import { createGitFixture, type GitFixture } from "./git-fixture.ts";

const lines = (count: number, change: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, index) => `${change[index + 1] ?? `line ${index + 1}`}\n`).join(
    "",
  );

describe("the lines that a pull request shows", () => {
  let origin: GitFixture;
  let mirror: Mirror;
  beforeEach(() => {
    origin = createGitFixture();
    mirror = openMirror({
      directory: join(origin.root, "mirror"),
      gitUrl: origin.url,
      token: () => Promise.resolve(undefined),
      protocols: ["file"],
    });
  });
  afterEach(() => origin.remove());

  async function shown(): Promise<Record<string, unknown>> {
    await mirror.fetch();
    const [base, head] = [origin.git("rev-parse", "main"), origin.git("rev-parse", "topic")];
    return Object.fromEntries(await mirror.shownLines(base, head, ["streams"]));
  }

  test("are the changed ones of its head and three around each, since it left the base", async () => {
    origin.write("streams/a.yaml", lines(40));
    origin.write("other/a.yaml", lines(3));
    origin.commit("Begin");
    origin.git("checkout", "--quiet", "-b", "topic");
    origin.write("streams/a.yaml", lines(40, { 10: "changed\nadded", 30: "changed" }));
    origin.write("streams/new file.yaml", lines(2));
    origin.write("other/a.yaml", lines(4));
    origin.commit("Change");
    origin.git("checkout", "--quiet", "main");
    origin.write("streams/a.yaml", lines(40, { 20: "of the base alone" }));
    origin.commit("Go on");
    expect(await shown()).toEqual({
      "streams/a.yaml": [
        { first: 7, last: 14 },
        { first: 28, last: 34 },
      ],
      "streams/new file.yaml": [{ first: 1, last: 2 }],
    });
  });

  test("are few of a file that was renamed, and none of one that was removed", async () => {
    origin.write("streams/a.yaml", lines(40));
    origin.write("streams/b.yaml", lines(5, { 1: "something else", 2: "b", 3: "c" }));
    origin.commit("Begin");
    origin.git("checkout", "--quiet", "-b", "topic");
    origin.git("mv", "streams/a.yaml", "streams/z.yaml");
    origin.git("rm", "--quiet", "streams/b.yaml");
    origin.write("streams/z.yaml", lines(40, { 40: "changed" }));
    origin.commit("Rename");
    origin.git("checkout", "--quiet", "main");
    expect(await shown()).toEqual({ "streams/z.yaml": [{ first: 37, last: 40 }] });
  });
});

describe("parseDiff", () => {
  test("takes no line of a file for a head, whatever it says", () => {
    const diff = [
      "diff --git a/streams/a.yaml b/streams/a.yaml",
      "--- a/streams/a.yaml",
      "+++ b/streams/a.yaml",
      "@@ -1,2 +1,4 @@ kind: Stream",
      " a: 1",
      "+++ b/streams/victim.yaml",
      "+@@ -1 +1,90000 @@",
      "--- b: 2",
      "+@@ -1 +1,90000 @@",
      "\\ No newline at end of file",
      "diff --git a/x b/x",
      "",
    ].join("\n");
    expect([...parseDiff(diff)]).toEqual([["streams/a.yaml", [{ first: 1, last: 4 }]]]);
  });

  test.each(["", "no diff at all", "@@ -1 +1 @@\n+a\n", "+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"])(
    "finds nothing in %j",
    (diff) => {
      expect(parseDiff(diff).size).toBe(0);
    },
  );

  test("leaves names that git quotes", () => {
    expect(parseDiff('+++ "b/streams/\\303\\274.yaml"\n@@ -0,0 +1 @@\n+a\n').size).toBe(0);
  });
});
