import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bench, eventually, git, here, openPull, remote, startBench } from "./helpers.ts";

let bench: Bench;
let clone: string;
beforeEach(async () => {
  bench = await startBench();
  clone = await mkdtemp(join(tmpdir(), "sandbox-clone-"));
});
afterEach(async () => {
  await bench.close();
  await rm(clone, { recursive: true, force: true });
});

async function cloneAndCommit(login: string): Promise<string> {
  await git(clone, "clone", "--quiet", remote(bench.sandbox, login), ".");
  await writeFile(join(clone, "streams", "with space.yaml"), "kind: Stream\n");
  await git(clone, "checkout", "--quiet", "-b", "topic");
  await git(clone, "add", ".");
  await git(clone, "commit", "--quiet", "-m", "Add a stream");
  return git(clone, "rev-parse", "HEAD");
}

describe("git over HTTP", () => {
  test("anybody clones a public repository", async () => {
    await git(clone, "clone", "--quiet", `${bench.sandbox.url}/okd/streams`, ".");
    expect(await readFile(join(clone, "README.md"), "utf8")).toBe("# Streams\n");
  });

  test("a writer's push is announced and moves the pull request", async () => {
    const sha = await cloneAndCommit("wim");
    await git(clone, "push", "--quiet", "origin", "topic");
    await bench.as("wim").rest.pulls.create({ ...here, head: "topic", base: "main", title: "T" });
    await git(clone, "commit", "--quiet", "--allow-empty", "-m", "More");
    const next = await git(clone, "rev-parse", "HEAD");
    await git(clone, "push", "--quiet", "origin", "topic");
    await bench.sandbox.settled();
    const events = bench.hooks.received.filter(
      ({ event }) => event === "push" || event === "pull_request",
    );
    expect(events.map(({ event, payload }) => [event, payload.action])).toEqual([
      ["push", undefined],
      ["pull_request", "opened"],
      ["push", undefined],
      ["pull_request", "synchronize"],
    ]);
    expect(events[0]?.payload).toMatchObject({
      created: true,
      after: sha,
      head_commit: { added: ["streams/with space.yaml"] },
    });
    expect(events[3]?.payload).toMatchObject({ before: sha, after: next });
  });

  test.each(["rea", "tom"])("%s, who may not write, cannot push", async (login) => {
    await cloneAndCommit(login);
    await expect(git(clone, "push", "origin", "topic")).rejects.toThrow("403");
  });

  test("a wrong token is refused even for reading", async () => {
    const header = `Authorization: Basic ${Buffer.from("wim:wrong").toString("base64")}`;
    const url = `${bench.sandbox.url}/okd/streams.git`;
    await expect(git(clone, "-c", `http.extraHeader=${header}`, "clone", url, ".")).rejects.toThrow(
      "could not read Username",
    );
  });

  test("nobody pushes to refs/pull", async () => {
    await cloneAndCommit("wim");
    await expect(git(clone, "push", "origin", "HEAD:refs/pull/1/head")).rejects.toThrow();
  });

  test("refs/pull/N/head lags behind its webhook, and its commit can be fetched at once", async () => {
    await bench.close();
    bench = await startBench({ refLagMs: 1500 });
    const { number, sha } = await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    await bench.sandbox.settled();
    expect(bench.hooks.received.at(-1)?.payload.action).toBe("opened");
    const url = remote(bench.sandbox, "wim");
    const ref = `refs/pull/${number.toString()}/head`;
    expect(await git(clone, "ls-remote", url, ref)).toBe("");
    await git(clone, "init", "--quiet");
    await git(clone, "fetch", "--quiet", url, sha);
    const shown = await eventually(
      async () => (await git(clone, "ls-remote", url, ref)) || undefined,
    );
    expect(shown).toBe(`${sha}\t${ref}`);
    const merge = await eventually(
      async () =>
        (await git(clone, "ls-remote", url, `refs/pull/${number.toString()}/merge`)) || undefined,
    );
    expect(merge).toMatch(/^[0-9a-f]{40}\t/);
  });

  test("a fork's owner pushes to it and opens a pull request whose checks name none", async () => {
    await bench.sandbox.fork("okd", "streams", "rea");
    await git(clone, "clone", "--quiet", remote(bench.sandbox, "rea", "rea/streams"), ".");
    await git(clone, "commit", "--quiet", "--allow-empty", "-m", "Mine");
    await git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/mine");
    const pull = await bench
      .as("rea")
      .rest.pulls.create({ ...here, head: "rea:mine", base: "main", title: "From a fork" });
    await bench.bot.rest.checks.create({
      ...here,
      name: "validate",
      head_sha: pull.data.head.sha,
      status: "in_progress",
    });
    await bench.sandbox.settled();
    const check = bench.hooks.received.find(({ event }) => event === "check_run");
    expect(check?.payload).toMatchObject({ check_run: { pull_requests: [] } });
    expect(pull.data.head.repo.full_name).toBe("rea/streams");
  });
});
