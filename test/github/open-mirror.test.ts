import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openMirror, type Mirror, type MirrorOptions } from "../../src/github/open-mirror.ts";
import { maximumFileSize, watchedPaths } from "../../src/streams/repository.ts";
import { createGitFixture, type GitFixture } from "./git-fixture.ts";

describe("the mirror of a repository", () => {
  let origin: GitFixture;
  let mirror: Mirror;
  const open = (more: Partial<MirrorOptions> = {}) =>
    openMirror({
      directory: join(origin.root, "mirror"),
      gitUrl: origin.url,
      token: () => Promise.resolve(undefined),
      protocols: ["file"],
      lag: { retries: 2, firstWaitMs: 1 },
      ...more,
    });

  beforeEach(() => {
    origin = createGitFixture();
    mirror = open();
  });
  afterEach(() => origin.remove());

  test("brings branches, follows a forced push and forgets a removed branch", async () => {
    const first = origin.commit("first");
    origin.git("branch", "gone");
    await mirror.fetch();
    expect(await mirror.resolve("main")).toBe(first);
    expect(await mirror.resolve("gone")).toBe(first);
    origin.git("commit", "--quiet", "--amend", "--allow-empty", "-m", "other");
    origin.git("branch", "-D", "gone");
    await mirror.fetch();
    expect(await mirror.resolve("main")).toBe(origin.git("rev-parse", "main"));
    expect(await mirror.resolve("gone")).toBeUndefined();
  });

  test("reads files without a checkout: odd names, links, submodules, large and binary ones", async () => {
    origin.write("streams/a b ü\n.yaml", "a: 1\n");
    origin.write("streams/binary.yaml", new Uint8Array([0, 255, 10, 0]));
    origin.write("streams/empty.yaml", "");
    origin.write("streams/large.yaml", "x".repeat(maximumFileSize + 1));
    origin.write("streams/limit.yaml", "y".repeat(maximumFileSize));
    origin.write("elsewhere/secret.yaml", "never read");
    origin.write(".github/okd-streams.yml", "mode: report\n");
    origin.link("streams/link.yaml", "/etc/passwd");
    const inner = origin.commit("files");
    origin.git("update-index", "--add", "--cacheinfo", `160000,${inner},tekton/sub`);
    origin.git("commit", "--quiet", "-m", "submodule");
    await mirror.fetch();
    const head = origin.git("rev-parse", "HEAD");
    const files = await mirror.readRepositoryFiles(head, watchedPaths);
    const text = (path: string) => {
      const content = files.find((file) => file.path === path)?.content;
      return content === undefined ? undefined : Buffer.from(content).toString("latin1");
    };
    expect(files.map((file) => [file.path, file.mode, file.size]).sort()).toEqual([
      [".github/okd-streams.yml", "file", 13],
      ["streams/a b ü\n.yaml", "file", 5],
      ["streams/binary.yaml", "file", 4],
      ["streams/empty.yaml", "file", 0],
      ["streams/large.yaml", "file", maximumFileSize + 1],
      ["streams/limit.yaml", "file", maximumFileSize],
      ["streams/link.yaml", "symlink", 11],
      ["tekton/sub", "submodule", 0],
    ]);
    expect(text("streams/a b ü\n.yaml")).toBe("a: 1\n");
    expect(text("streams/binary.yaml")).toBe("\0\xff\n\0");
    expect(text("streams/empty.yaml")).toBe("");
    expect(text("streams/limit.yaml")).toHaveLength(maximumFileSize);
    expect(text("streams/large.yaml")).toBeUndefined();
    expect(text("streams/link.yaml")).toBeUndefined();
  });

  test("leaves out blobs that are too large, missing, or no blobs", async () => {
    origin.write("small", "abc");
    origin.write("large", "abcdef");
    const commit = origin.commit("two");
    await mirror.fetch();
    const id = (name: string) => origin.git("rev-parse", `HEAD:${name}`);
    const missing = "0".repeat(39) + "1";
    const blobs = await mirror.readBlobs([id("small"), id("large"), commit, missing], 5);
    expect([...blobs.keys()]).toEqual([id("small")]);
    expect(await mirror.readBlobs([], 5)).toEqual(new Map());
  });

  test("merges in memory and names the conflicts", async () => {
    origin.write("streams/a.yaml", "1\n");
    const base = origin.commit("base");
    origin.git("switch", "--quiet", "-c", "other");
    origin.write("streams/b.yaml", "new\n");
    const clean = origin.commit("clean");
    origin.write("streams/a.yaml", "2\n");
    const conflicting = origin.commit("conflicting");
    origin.git("switch", "--quiet", "main");
    origin.write("streams/a.yaml", "3\n");
    const moved = origin.commit("moved");
    await mirror.fetch();
    const merged = await mirror.mergeTree(moved, clean);
    expect(merged).toEqual({ tree: expect.stringMatching(/^[0-9a-f]{40}$/) });
    const tree = "tree" in merged ? merged.tree : "";
    expect((await mirror.listFiles(tree, ["streams"])).map((entry) => entry.path)).toEqual([
      "streams/a.yaml",
      "streams/b.yaml",
    ]);
    expect(await mirror.mergeTree(moved, conflicting)).toEqual({ conflicts: ["streams/a.yaml"] });
    expect(await mirror.changedPaths(base, conflicting)).toEqual([
      "streams/a.yaml",
      "streams/b.yaml",
    ]);
  });

  test("knows the history by first parents", async () => {
    origin.write("streams/a.yaml", "1\n");
    const first = origin.commit("Add a\n\nBecause.");
    origin.git("switch", "--quiet", "-c", "side");
    origin.write("streams/a.yaml", "2\n");
    const side = origin.commit("side");
    origin.git("switch", "--quiet", "main");
    origin.write("README", "else\n");
    const readme = origin.commit("readme");
    origin.git("merge", "--quiet", "--no-ff", "-m", "Merge", "side");
    const merge = origin.git("rev-parse", "HEAD");
    await mirror.fetch();
    expect(await mirror.firstParentCommits(merge, ["streams"], 10)).toEqual([merge, first]);
    expect(await mirror.firstParentCommits(merge, ["streams"], 1)).toEqual([merge]);
    expect(await mirror.firstParentOf(merge)).toBe(readme);
    expect(await mirror.firstParentOf(first)).toBeUndefined();
    expect(await mirror.isAncestor(side, merge)).toBe(true);
    expect(await mirror.isAncestor(merge, merge)).toBe(true);
    expect(await mirror.isAncestor(merge, side)).toBe(false);
    expect(await mirror.commitInfo(first)).toMatchObject({
      sha: first,
      parents: [],
      author: "Ada",
      subject: "Add a",
      message: "Add a\n\nBecause.",
    });
  });

  test("fetches a pull request's head at the expected commit", async () => {
    origin.commit("base");
    const head = origin.commit("head");
    origin.git("update-ref", "refs/pull/7/head", head);
    expect(await mirror.fetchPullRequest(7, head)).toEqual({ ok: true, value: undefined });
    expect(await mirror.resolve(head)).toBe(head);
  });

  test("says that a pull request's ref lags, and takes it as soon as it does not", async () => {
    const old = origin.commit("old");
    origin.git("update-ref", "refs/pull/7/head", old);
    const head = origin.commit("head");
    origin.git("update-ref", "refs/heads/main", old);
    expect(await mirror.fetchPullRequest(7, head)).toMatchObject({
      ok: false,
      problem: { kind: "unavailable", where: "pull request 7" },
    });
    const waiting = open({ lag: { retries: 50, firstWaitMs: 5 } }).fetchPullRequest(7, head);
    origin.git("update-ref", "refs/pull/7/head", head);
    expect(await waiting).toEqual({ ok: true, value: undefined });
  });

  test("says that a pull request has moved on, without waiting", async () => {
    const old = origin.commit("old");
    const head = origin.commit("head");
    origin.git("update-ref", "refs/pull/7/head", head);
    const patient = open({ lag: { retries: 10, firstWaitMs: 60_000 } });
    expect(await patient.fetchPullRequest(7, old)).toMatchObject({
      ok: false,
      problem: { kind: "conflict" },
    });
  });

  test("shares a fetch that waits, and never one that has begun", async () => {
    origin.commit("first");
    const tokens: number[] = [];
    const counting = open({
      token: () => {
        tokens.push(1);
        return Promise.resolve(undefined);
      },
    });
    const running = counting.fetch();
    await Promise.resolve();
    await Promise.all([running, counting.fetch(), counting.fetch(), counting.fetch()]);
    expect(tokens).toHaveLength(2);
  });

  test("makes a half-made folder anew", async () => {
    const head = origin.commit("first");
    mkdirSync(join(origin.root, "mirror", "objects"), { recursive: true });
    writeFileSync(join(origin.root, "mirror", "HEAD"), "garbage");
    await mirror.fetch();
    expect(await mirror.resolve("main")).toBe(head);
  });

  test("goes on after git was killed while it held its locks", async () => {
    origin.commit("first");
    await mirror.fetch();
    const folder = join(origin.root, "mirror");
    mkdirSync(join(folder, "refs", "heads"), { recursive: true });
    for (const lock of ["packed-refs.lock", "HEAD.lock", "config.lock", "refs/heads/main.lock"])
      writeFileSync(join(folder, lock), "");
    mkdirSync(join(folder, "objects", "pack"), { recursive: true });
    writeFileSync(join(folder, "objects", "pack", "tmp_pack_abc"), "half");
    const head = origin.commit("second");
    const again = open();
    await again.fetch();
    expect(await again.resolve("main")).toBe(head);
    expect(readdirSync(join(folder, "objects", "pack"))).not.toContain("tmp_pack_abc");
  });

  test.each([
    ["--upload-pack=touch x", "an option"],
    ["main; rm -rf /", "a command"],
    ["../../etc/passwd", "a path"],
    ["main@{1}", "a reflog entry"],
    ["a..b", "a range"],
    ["", "nothing"],
    ["x.lock", "a lock"],
  ])("refuses %j as a revision: %s", async (revision) => {
    await expect(mirror.resolve(revision)).rejects.toMatchObject({ problem: { kind: "invalid" } });
  });

  test.each(["HEAD", "main", "--all", "abc123", "A".repeat(40), `${"a".repeat(40)}\n`])(
    "refuses %j where a full commit is asked for",
    async (id) => {
      const good = "a".repeat(40);
      for (const call of [
        () => mirror.mergeTree(id, good),
        () => mirror.mergeTree(good, id),
        () => mirror.listFiles(id, ["streams"]),
        () => mirror.readBlobs([id], 10),
        () => mirror.changedPaths(good, id),
        () => mirror.firstParentCommits(id, ["streams"], 1),
        () => mirror.isAncestor(id, good),
        () => mirror.commitInfo(id),
        () => mirror.fetchPullRequest(1, id),
      ])
        await expect(call()).rejects.toMatchObject({ problem: { kind: "invalid" } });
    },
  );

  test("says what is not there", async () => {
    origin.commit("first");
    await mirror.fetch();
    const missing = "1".repeat(40);
    expect(await mirror.resolve(missing)).toBeUndefined();
    expect(await mirror.resolve("nowhere")).toBeUndefined();
    await expect(mirror.commitInfo(missing)).rejects.toMatchObject({ name: "ProblemError" });
    rmSync(join(origin.root, "origin"), { recursive: true });
    await expect(mirror.fetch()).rejects.toMatchObject({ problem: { kind: "not-found" } });
  });

  test.each([
    ["ext::sh -c touch", "a helper"],
    ["file:///etc", "a file where only http is allowed"],
    ["https://user:secret@example.org/a.git", "credentials"],
  ])("refuses the address %j: %s", (gitUrl) => {
    expect(() => open({ gitUrl, protocols: ["http", "https"] })).toThrow("It has to begin with");
  });

  test("runs no hook of its folder", async () => {
    origin.commit("first");
    await mirror.fetch();
    const hooks = join(origin.root, "mirror", "hooks");
    mkdirSync(hooks, { recursive: true });
    const witness = join(origin.root, "witness");
    writeFileSync(join(hooks, "reference-transaction"), `#!/bin/sh\ntouch ${witness}\n`, {
      mode: 0o755,
    });
    origin.commit("second");
    await mirror.fetch();
    expect(existsSync(witness)).toBe(false);
  });
});
