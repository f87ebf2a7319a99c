import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { type Bench, here, openPull, startBench, statusOf } from "./helpers.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(async () => {
  await bench.close();
});

async function narrowed(body: Record<string, unknown>): Promise<Octokit> {
  const { data } = await bench.app.request(
    "POST /app/installations/{installation_id}/access_tokens",
    { installation_id: bench.sandbox.app.installationId, ...body },
  );
  return new Octokit({ baseUrl: bench.sandbox.apiUrl, auth: data.token, log: silent });
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe("roles", () => {
  test.each([
    ["mia", "write", "maintain"],
    ["wim", "write", "write"],
    ["tom", "read", "triage"],
    ["rea", "read", "read"],
    ["okd", "admin", "admin"],
  ])("of %s are %s and, exactly, %s", async (username, permission, role_name) => {
    const { data } = await bench.bot.rest.repos.getCollaboratorPermissionLevel({
      ...here,
      username,
    });
    expect(data).toMatchObject({ permission, role_name });
  });

  test("nobody of that name: 404", async () => {
    const ask = bench.bot.rest.repos.getCollaboratorPermissionLevel({ ...here, username: "x" });
    expect(await statusOf(ask)).toBe(404);
  });

  test("teams have their members and no others", async () => {
    const ask = (username: string): Promise<unknown> =>
      bench.bot.rest.teams.getMembershipForUserInOrg({
        org: "okd",
        team_slug: "approvers",
        username,
      });
    expect(await statusOf(ask("mia"))).toBe(200);
    expect(await statusOf(ask("wim"))).toBe(404);
  });

  test("a private repository is unknown to strangers", async () => {
    await bench.sandbox.createRepository({
      owner: "okd",
      name: "hidden",
      private: true,
      files: {},
    });
    const ask = (octokit: Octokit): Promise<unknown> =>
      octokit.rest.repos.get({ owner: "okd", repo: "hidden" });
    expect(await statusOf(ask(bench.as("rea")))).toBe(404);
    expect(await statusOf(ask(bench.bot))).toBe(200);
  });

  test("a reader comments on a public repository, but creates no check", async () => {
    const { sha } = await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    const rea = bench.as("rea");
    const comment = rea.rest.issues.createComment({ ...here, issue_number: 1, body: "hello" });
    expect(await statusOf(comment)).toBe(200);
    const check = bench.as("mia").rest.checks.create({ ...here, name: "x", head_sha: sha });
    expect(await statusOf(check)).toBe(403);
  });
});

describe("tokens", () => {
  test("a wrong one is refused", async () => {
    const stranger = new Octokit({ baseUrl: bench.sandbox.apiUrl, auth: "wrong", log: silent });
    await expect(stranger.rest.repos.get(here)).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining("Bad credentials"),
    });
  });

  test("of another App's key are refused", async () => {
    const [header, claims] = ["eyJhbGciOiJSUzI1NiJ9", "eyJpc3MiOjc3LCJpYXQiOjEsImV4cCI6MX0"];
    const forged = new Octokit({
      baseUrl: bench.sandbox.apiUrl,
      auth: `${header}.${claims}.AAAA`,
      log: silent,
    });
    expect(await statusOf(forged.rest.apps.getAuthenticated())).toBe(401);
  });

  test("of an installation open only the repositories asked for", async () => {
    const other = await bench.sandbox.createRepository({ owner: "okd", name: "other", files: {} });
    const octokit = await narrowed({ repository_ids: [other.id] });
    const list = await octokit.rest.apps.listReposAccessibleToInstallation();
    expect(list.data.repositories.map(({ name }) => name)).toEqual(["other"]);
    const comments = octokit.rest.pulls.list(here);
    await expect(comments).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining("Resource not accessible by integration"),
    });
  });

  test("of an installation have only the permissions asked for", async () => {
    const { number } = await openPull(bench.as("wim"), "edge", "a.yaml", "x: 1\n");
    const octokit = await narrowed({ permissions: { pull_requests: "read" } });
    expect(await statusOf(octokit.rest.pulls.get({ ...here, pull_number: number }))).toBe(200);
    const write = octokit.rest.issues.createComment({ ...here, issue_number: number, body: "x" });
    expect(await statusOf(write)).toBe(403);
    expect(await statusOf(octokit.rest.pulls.merge({ ...here, pull_number: number }))).toBe(403);
  });

  test("cannot be asked for more than the App has", async () => {
    expect(await statusOf(narrowed({ permissions: { administration: "write" } }))).toBe(422);
    expect(await statusOf(narrowed({ repositories: ["nowhere"] }))).toBe(422);
  });

  test("the App knows itself, its installation and where it is installed", async () => {
    const app = await bench.app.rest.apps.getAuthenticated();
    expect(app.data?.slug).toBe("okd-streams");
    const installation = await bench.app.rest.apps.getRepoInstallation(here);
    expect(installation.data.id).toBe(bench.sandbox.app.installationId);
    expect((await bench.app.rest.apps.listInstallations()).data).toHaveLength(1);
  });

  test("an unknown path is GitHub's 404", async () => {
    await expect(bench.bot.request("GET /no/such/path")).rejects.toMatchObject({
      status: 404,
      response: { data: { message: "Not Found", status: "404" } },
    });
  });
});
