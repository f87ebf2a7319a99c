import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAllowedRepository } from "../../src/github/is-allowed-repository.ts";
import { openElsewhere, type ElsewhereOptions } from "../../src/github/open-elsewhere.ts";
import type { FetchedFile } from "../../src/streams/elsewhere/fetched-file.ts";
import { maximumFileSize } from "../../src/streams/repository.ts";
import { createGitFixture, type GitFixture } from "./git-fixture.ts";
import { startGitServer, type GitServer } from "./git-server.ts";

describe("which repositories of others may be used", () => {
  test.each([
    ["https://github.com/okd-project/a.git", "https://github.com/okd-project", true],
    ["https://github.com/okd-project/a", "https://github.com/okd-project/", true],
    ["https://github.com/okd-project/a.git", "https://github.com/okd-project/a", true],
    ["https://GitHub.com/okd-project/a", "https://github.com/okd-project/a.git", true],
    ["https://github.com/okd-project-evil/a", "https://github.com/okd-project", false],
    ["https://github.com.evil.org/okd-project/a", "https://github.com", false],
    ["http://github.com/okd-project/a", "https://github.com/okd-project", false],
    ["https://github.com:8443/okd-project/a", "https://github.com/okd-project", false],
    ["https://me:secret@github.com/okd-project/a", "https://github.com/okd-project", false],
    ["https://github.com/okd-project/../evil/a", "https://github.com/okd-project", false],
    ["https://github.com/okd-project/%2e%2e/evil", "https://github.com/okd-project", false],
    ["https://github.com/okd-project/a?x=y", "https://github.com/okd-project", false],
    ["no address", "https://github.com/okd-project", false],
  ])("%s under %s: %s", (url, prefix, allowed) => {
    expect(isAllowedRepository(url, [prefix])).toBe(allowed);
  });
});

describe("files of other repositories", () => {
  let origin: GitFixture;
  let server: GitServer;
  let revision: string;
  let directory: string;
  let clock: number;

  beforeEach(async () => {
    origin = createGitFixture();
    origin.write("tekton/build.yaml", "kind: Pipeline\n");
    origin.write("tekton/large.yaml", "x".repeat(maximumFileSize + 1));
    origin.link("tekton/link.yaml", "/etc/passwd");
    revision = origin.commit("first");
    origin.write("tekton/build.yaml", "kind: Pipeline # newer\n");
    origin.commit("second");
    server = await startGitServer(join(origin.root, "origin"));
    directory = join(origin.root, "elsewhere");
    clock = 0;
  });
  afterEach(async () => {
    await server.close();
    origin.remove();
  });

  const open = (more: Partial<ElsewhereOptions> = {}) =>
    openElsewhere({ directory, protocols: ["http"], now: () => clock, ...more });
  const file = (path = "tekton/build.yaml") => ({ url: server.url, revision, path });
  const text = (read: FetchedFile) =>
    read.kind === "content" ? Buffer.from(read.content).toString() : read;

  test("are read as the commit has them, which no branch need lead to", async () => {
    expect(text(await open().read(file()))).toBe("kind: Pipeline\n");
  });

  test("need one fetch for a commit, whatever is read of it, by this and by later processes", async () => {
    const elsewhere = open();
    await Promise.all([elsewhere.read(file()), elsewhere.read(file("tekton/other.yaml"))]);
    const asked = server.asked.length;
    await elsewhere.read(file("tekton/large.yaml"));
    expect(text(await open().read(file()))).toBe("kind: Pipeline\n");
    expect(server.asked).toHaveLength(asked);
    expect(readdirSync(directory)).toHaveLength(1);
  });

  test.each([
    ["tekton/none.yaml", "there is no such file"],
    ["tekton", "there is no such file"],
    ["tekton/link.yaml", "it is a symbolic link"],
    ["tekton/large.yaml", "it has more than 262144 bytes"],
  ])("cannot be used where they are %s", async (path, reason) => {
    expect(await open().read(file(path))).toEqual({ kind: "unusable", reason });
  });

  test("are not known where there is no such commit, and nothing of the attempt stays", async () => {
    const read = await open().read({ ...file(), revision: "0".repeat(39) + "1" });
    expect(read).toMatchObject({
      kind: "unknown",
      reason: expect.stringMatching(/at 000000000000 cannot be fetched: .*not our ref/),
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("are not asked for in repositories that are not allowed, or over other protocols", async () => {
    const foreign = open({ repositories: ["https://github.com/okd-project"] });
    expect(foreign.allows(server.url)).toBe(false);
    expect(await foreign.read(file())).toMatchObject({
      kind: "unknown",
      reason: `${server.url} is none of the repositories that this bot may fetch.`,
    });
    expect(await open({ protocols: ["https"] }).read(file())).toMatchObject({ kind: "unknown" });
    expect(server.asked).toEqual([]);
  });

  test("are asked for once in a while where the server is dead, and found when it lives again", async () => {
    server.instead = (_, response) => response.writeHead(503).end();
    const elsewhere = open({ retryMs: 1000 });
    expect(await elsewhere.read(file())).toMatchObject({ kind: "unknown" });
    const asked = server.asked.length;
    server.instead = undefined;
    clock = 999;
    expect(await elsewhere.read(file())).toMatchObject({ kind: "unknown" });
    expect(server.asked).toHaveLength(asked);
    clock = 1001;
    expect(text(await elsewhere.read(file()))).toBe("kind: Pipeline\n");
  });

  test("do not keep anybody waiting for a server that is silent", async () => {
    server.instead = () => undefined;
    const read = await open({ timeoutMs: 300 }).read(file());
    expect(read).toMatchObject({ reason: expect.stringContaining("did not come within 1 s.") });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("do not fill the disk", async () => {
    origin.write("blob", randomBytes(3 * 1024 * 1024));
    const huge = origin.commit("huge");
    const read = await open({ maximumBytes: 1024 * 1024 }).read({ ...file(), revision: huge });
    expect(read).toMatchObject({ reason: expect.stringContaining("It has more than 1 MiB.") });
    expect(readdirSync(directory)).toEqual([]);
    await open({ keptCommits: 1 }).read(file());
    await open({ keptCommits: 1 }).read({ ...file(), revision: huge });
    expect(readdirSync(directory)).toHaveLength(1);
  });

  test("are not looked for where the server sends us elsewhere", async () => {
    server.instead = (request, response) => {
      const onward = `/onward${request.url ?? ""}`;
      response.writeHead(301, { location: onward }).end();
    };
    expect(await open().read(file())).toMatchObject({ kind: "unknown" });
    expect(server.asked.filter((path) => path.startsWith("/onward"))).toEqual([]);
  });

  test("come again when their folder was deleted", async () => {
    const elsewhere = open();
    await elsewhere.read(file());
    rmSync(directory, { recursive: true });
    expect(await elsewhere.read(file("tekton/none.yaml"))).toMatchObject({ kind: "unusable" });
  });
});
