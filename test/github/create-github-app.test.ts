import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { addReaction } from "../../src/github/add-reaction.ts";
import { getComment } from "../../src/github/comments.ts";
import { isTeamMember } from "../../src/github/is-team-member.ts";
import { permissionOf } from "../../src/github/permission-of.ts";
import { commentAnswer, repository } from "../fixtures/github/answers.ts";
import {
  afterEachTest,
  answerApp,
  answerToken,
  apiUrl,
  createApp,
  createClient,
  logged,
  otherSecret,
  repo,
} from "./client-fixture.ts";

beforeAll(() => nock.disableNetConnect());
afterEach(afterEachTest);
afterAll(() => nock.restore());

const address = (installationId: number) => ({
  installationId,
  repositoryId: repository.id,
  owner: repository.owner,
  name: repository.name,
});

describe("tokens", () => {
  test("open one repository with the permissions of their work, and are asked for once", async () => {
    const { app, installationId } = createApp();
    const client = app.forRepository(address(installationId));
    const review = {
      metadata: "read",
      contents: "read",
      checks: "write",
      issues: "write",
      pull_requests: "write",
    };
    answerToken(installationId, "ghs_review", review);
    nock(apiUrl, { reqheaders: { authorization: "token ghs_review" } })
      .get(`${repo}/issues/comments/5`)
      .times(2)
      .reply(200, commentAnswer({ id: 5, body: "hello" }));
    await getComment(client, 5);
    expect(await getComment(app.forRepository(address(installationId)), 5)).toMatchObject({
      id: 5,
      issue: 7,
      body: "hello",
      author: "okd-streams[bot]",
      authorIsBot: true,
    });
    answerToken(installationId, "ghs_git", { contents: "read" });
    expect(await client.gitToken()).toBe("ghs_git");
    expect(await client.gitToken()).toBe("ghs_git");
  });

  test("are renewed once where GitHub no longer takes them", async () => {
    const client = createClient("ghs_old");
    nock(apiUrl, { reqheaders: { authorization: "token ghs_old" } })
      .get(`${repo}/issues/comments/5`)
      .reply(401, { message: "Bad credentials" });
    nock(apiUrl)
      .post(/access_tokens$/)
      .reply(201, { token: "ghs_new", expires_at: "2099-01-01T00:00:00Z", permissions: {} });
    nock(apiUrl, { reqheaders: { authorization: "token ghs_new" } })
      .get(`${repo}/issues/comments/5`)
      .reply(401, { message: "Bad credentials" });
    await expect(getComment(client, 5)).rejects.toMatchObject({ problem: { kind: "refused" } });
  });

  test("of teams are apart from those of the repository", async () => {
    const { app, installationId } = createApp();
    const client = app.forRepository(address(installationId));
    answerToken(installationId, "ghs_members", { members: "read" });
    nock(apiUrl, { reqheaders: { authorization: "token ghs_members" } })
      .get("/orgs/okd-project/teams/release/memberships/ada")
      .reply(200, { state: "active", role: "member", url: "" })
      .get("/orgs/okd-project/teams/release/memberships/eve")
      .reply(200, { state: "pending", role: "member", url: "" })
      .get("/orgs/okd-project/teams/release/memberships/bob")
      .reply(404, { message: "Not Found" })
      .get("/orgs/okd-project/teams/release/memberships/dan")
      .reply(403, { message: "Resource not accessible by integration" });
    const team = { organization: "okd-project", slug: "release" };
    expect(await isTeamMember(client, team, "ada")).toBe(true);
    expect(await isTeamMember(client, team, "eve")).toBe(false);
    expect(await isTeamMember(client, team, "bob")).toBe(false);
    await expect(isTeamMember(client, team, "dan")).rejects.toMatchObject({
      problem: { kind: "refused" },
    });
  });
});

describe("secrets", () => {
  test("go out in no text, neither lasting ones nor tokens, and into no log", async () => {
    const client = createClient("ghs_review.with-dots.in_it");
    nock(apiUrl)
      .post(`${repo}/issues/7/comments`, { body: "*** and *** leaked" })
      .reply(201, commentAnswer({ id: 1, body: "" }))
      .post(`${repo}/check-runs`, (body: object) => {
        expect(JSON.stringify(body)).not.toContain(otherSecret);
        return true;
      })
      .reply(201, { id: 1 });
    nock(apiUrl)
      .get(`${repo}/issues/comments/5`)
      .reply(200, commentAnswer({ id: 5, body: "" }));
    await getComment(client, 5);
    await client.octokit.rest.issues.createComment({
      owner: repository.owner,
      repo: repository.name,
      issue_number: 7,
      body: `${otherSecret} and ghs_review.with-dots.in_it leaked`,
    });
    await client.octokit.rest.checks.create({
      owner: repository.owner,
      repo: repository.name,
      name: "c",
      head_sha: "a".repeat(40),
      output: {
        title: "t",
        summary: otherSecret,
        annotations: [
          {
            path: "p",
            start_line: 1,
            end_line: 1,
            annotation_level: "notice",
            message: `in ${otherSecret}`,
          },
        ],
      },
    });
    expect(logged.join("\n")).not.toMatch(/ghs_review|webhook-secret|PRIVATE KEY/);
  });
});

describe("the role of a person", () => {
  test.each([
    [{ permission: "admin", role_name: "admin" }, "admin"],
    [{ permission: "write", role_name: "maintain" }, "maintain"],
    [{ permission: "read", role_name: "triage" }, "triage"],
    [{ permission: "write", role_name: "release-captain" }, "write"],
    [{ permission: "owner", role_name: "emperor" }, "none"],
    [{}, "none"],
  ])("%j is %s", async (answer, role) => {
    const client = createClient();
    nock(apiUrl).get(`${repo}/collaborators/ada/permission`).reply(200, answer);
    expect(await permissionOf(client, "ada")).toBe(role);
  });

  test("is none for who GitHub does not know, and unknown where GitHub does not answer", async () => {
    const client = createClient();
    const path = `${repo}/collaborators/ada/permission`;
    nock(apiUrl).get(path).reply(404, { message: "Not Found" }).get(path).reply(502, "");
    expect(await permissionOf(client, "ada")).toBe("none");
    await expect(permissionOf(client, "ada")).rejects.toMatchObject({
      problem: { kind: "unavailable" },
    });
  });
});

describe("what goes wrong", () => {
  const about = (problem: object) => ({ problem });

  test.each([
    [400, {}, "invalid"],
    [403, {}, "refused"],
    [404, {}, "not-found"],
    [409, {}, "conflict"],
    [410, {}, "not-found"],
    [422, {}, "invalid"],
    [429, { "retry-after": "30" }, "unavailable"],
    [403, { "retry-after": "60" }, "unavailable"],
    [403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }, "unavailable"],
    [500, {}, "unavailable"],
    [503, {}, "unavailable"],
  ])("%i %j is %s", async (status, headers, kind) => {
    const client = createClient();
    nock(apiUrl)
      .get(`${repo}/issues/comments/5`)
      .reply(status, { message: "because" }, { ...headers });
    await expect(getComment(client, 5)).rejects.toMatchObject(
      about({ kind, where: "GET /repos/{owner}/{repo}/issues/comments/{comment_id}" }),
    );
  });

  test("carries how long GitHub asks to wait", async () => {
    const client = createClient();
    nock(apiUrl)
      .get(`${repo}/issues/comments/5`)
      .reply(403, { message: "You have exceeded a secondary rate limit" }, { "retry-after": "61" });
    await expect(getComment(client, 5)).rejects.toMatchObject(about({ retryAfterSeconds: 61 }));
  });

  test("is unavailable where nobody answers, and nothing is repeated blindly", async () => {
    const client = createClient();
    nock(apiUrl).get(`${repo}/issues/comments/5`).replyWithError("connection reset");
    await expect(getComment(client, 5)).rejects.toMatchObject(about({ kind: "unavailable" }));
    let posts = 0;
    nock(apiUrl)
      .post(`${repo}/issues/comments/5/reactions`, { content: "eyes" })
      .times(2)
      .reply(() => {
        posts += 1;
        return posts === 1 ? [502, ""] : [201, { id: 1 }];
      });
    await expect(addReaction(client, 5, "eyes")).rejects.toMatchObject(
      about({ kind: "unavailable" }),
    );
    expect(posts).toBe(1);
    await addReaction(client, 5, "eyes");
  });

  test("is a problem too where no token is to be had", async () => {
    const { app, installationId } = createApp();
    nock(apiUrl)
      .post(`/app/installations/${installationId}/access_tokens`)
      .reply(503, "")
      .post(`/app/installations/${installationId}/access_tokens`)
      .reply(404, { message: "Not Found" });
    const client = app.forRepository(address(installationId));
    await expect(getComment(client, 5)).rejects.toMatchObject(about({ kind: "unavailable" }));
    await expect(client.gitToken()).rejects.toMatchObject(about({ kind: "not-found" }));
  });

  test("does not stick: who we are is asked again", async () => {
    const { app, installationId } = createApp();
    const client = app.forRepository(address(installationId));
    nock(apiUrl).get("/app").reply(500, "");
    await expect(client.botLogin()).rejects.toMatchObject(about({ kind: "unavailable" }));
    answerApp();
    expect(await client.botLogin()).toBe("okd-streams[bot]");
    expect(await client.botLogin()).toBe("okd-streams[bot]");
  });
});
