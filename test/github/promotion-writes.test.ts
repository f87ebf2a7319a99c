import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { closePullRequest } from "../../src/github/close-pull-request.ts";
import { deleteBranch } from "../../src/github/delete-branch.ts";
import { ensureBranch } from "../../src/github/ensure-branch.ts";
import { ensureFile } from "../../src/github/ensure-file.ts";
import { ensurePullRequest } from "../../src/github/ensure-pull-request.ts";
import { mergePullRequest } from "../../src/github/merge-pull-request.ts";
import {
  findPullRequestsOfCommit,
  getPullRequest,
  listOpenPullRequests,
} from "../../src/github/pull-requests.ts";
import { pullRequestAnswer } from "../fixtures/github/answers.ts";
import { afterEachTest, apiUrl, createClient, otherSecret, repo } from "./client-fixture.ts";

beforeAll(() => nock.disableNetConnect());
afterEach(afterEachTest);
afterAll(() => nock.restore());

const sha = "a".repeat(40);
const other = "b".repeat(40);
const branch = "promote/4-scos-next";
const refAnswer = (at: string) => ({
  ref: `refs/heads/${branch}`,
  object: { sha: at, type: "commit" },
});
const encoded = encodeURIComponent(`heads/${branch}`);
const readRef = `${repo}/git/ref/${encoded}`;

describe("a branch", () => {
  test("is made where there is none", async () => {
    const client = createClient();
    nock(apiUrl)
      .get(readRef)
      .reply(404, { message: "Not Found" })
      .post(`${repo}/git/refs`, { ref: `refs/heads/${branch}`, sha })
      .reply(201, refAnswer(sha));
    expect(await ensureBranch(client, branch, sha)).toBe(sha);
  });

  test("that exists is left where it stands", async () => {
    const client = createClient();
    nock(apiUrl).get(readRef).reply(200, refAnswer(other));
    expect(await ensureBranch(client, branch, sha)).toBe(other);
  });

  test("that a lost answer made is taken", async () => {
    const client = createClient();
    nock(apiUrl)
      .get(readRef)
      .reply(404, { message: "Not Found" })
      .post(`${repo}/git/refs`)
      .reply(422, { message: "Reference already exists" })
      .get(readRef)
      .reply(200, refAnswer(sha));
    expect(await ensureBranch(client, branch, sha)).toBe(sha);
  });

  test.each([204, 404, 422])("is gone after its removal was answered with %i", async (status) => {
    const client = createClient();
    nock(apiUrl).delete(`${repo}/git/refs/${encoded}`).reply(status);
    await deleteBranch(client, branch);
  });

  test("is not taken for gone where GitHub refuses", async () => {
    const client = createClient();
    nock(apiUrl).delete(`${repo}/git/refs/${encoded}`).reply(403, { message: "protected" });
    await expect(deleteBranch(client, branch)).rejects.toMatchObject({
      problem: { kind: "refused" },
    });
  });
});

describe("a file on a branch", () => {
  const path = "streams/channels/next/release.yaml";
  const contents = `${repo}/contents/${encodeURIComponent(path)}`;
  const file = { branch, path, content: "name: größer\n", message: "Promote" };
  const fileAnswer = (content: string) => ({
    type: "file",
    encoding: "base64",
    path,
    sha: other,
    content: Buffer.from(content).toString("base64"),
  });

  test("is committed where it is new or other", async () => {
    const client = createClient();
    const content = Buffer.from(file.content).toString("base64");
    nock(apiUrl)
      .get(contents)
      .query({ ref: branch })
      .reply(404, { message: "Not Found" })
      .put(contents, { branch, message: "Promote", content })
      .reply(201, { commit: { sha } })
      .get(contents)
      .query({ ref: branch })
      .reply(200, fileAnswer("old"))
      .put(contents, { branch, message: "Promote", content, sha: other })
      .reply(200, { commit: { sha } });
    expect(await ensureFile(client, file)).toBe(sha);
    expect(await ensureFile(client, file)).toBe(sha);
  });

  test("is not committed twice", async () => {
    const client = createClient();
    nock(apiUrl)
      .get(contents)
      .query({ ref: branch })
      .reply(200, fileAnswer(file.content))
      .get(readRef)
      .reply(200, refAnswer(other));
    expect(await ensureFile(client, file)).toBe(other);
  });

  test("that is a folder or holds a secret is refused", async () => {
    const client = createClient();
    nock(apiUrl).get(contents).query({ ref: branch }).reply(200, []);
    await expect(ensureFile(client, file)).rejects.toMatchObject({ problem: { kind: "conflict" } });
    const leaking = { ...file, content: `token: ${otherSecret}` };
    await expect(ensureFile(client, leaking)).rejects.toMatchObject({
      problem: { kind: "refused" },
    });
  });
});

describe("a pull request", () => {
  const input = { head: branch, headSha: sha, base: "main", title: "Promote", body: "Evidence" };
  const list = () =>
    nock(apiUrl)
      .get(`${repo}/pulls`)
      .query({ state: "all", head: `okd-project:${branch}`, base: "main", per_page: 100 });

  test("is opened where there is none", async () => {
    const client = createClient();
    list().reply(200, [pullRequestAnswer({ number: 3, state: "closed", head: other })]);
    nock(apiUrl)
      .post(`${repo}/pulls`, { head: branch, base: "main", title: "Promote", body: "Evidence" })
      .reply(201, pullRequestAnswer({ number: 4, state: "open", head: sha }));
    expect(await ensurePullRequest(client, input)).toMatchObject({ number: 4, headSha: sha });
  });

  test("that is open, or of this very commit, is the one", async () => {
    const client = createClient();
    const closed = pullRequestAnswer({ number: 3, state: "closed", head: sha });
    list().reply(200, [closed, pullRequestAnswer({ number: 4, state: "open", head: other })]);
    expect(await ensurePullRequest(client, input)).toMatchObject({ number: 4 });
    list().reply(200, [closed]);
    expect(await ensurePullRequest(client, input)).toMatchObject({ number: 3, state: "closed" });
  });

  test("that a lost answer opened is taken; any other refusal is thrown", async () => {
    const client = createClient();
    for (const found of [[pullRequestAnswer({ number: 4, head: sha })], []]) {
      list().reply(200, []);
      nock(apiUrl).post(`${repo}/pulls`).reply(422, { message: "Validation Failed" });
      list().reply(200, found);
    }
    expect(await ensurePullRequest(client, input)).toMatchObject({ number: 4 });
    await expect(ensurePullRequest(client, input)).rejects.toMatchObject({
      problem: { kind: "invalid" },
    });
  });

  test("is read with what matters of it, also when its fork is gone", async () => {
    const client = createClient();
    nock(apiUrl)
      .get(`${repo}/pulls/4`)
      .reply(200, pullRequestAnswer({ number: 4, head: sha, fork: null, merge_commit_sha: other }));
    const pull = await getPullRequest(client, 4);
    expect(pull).toMatchObject({ number: 4, headSha: sha, merged: false, author: "Codertocat" });
    expect(pull).not.toHaveProperty("headRepositoryId");
    expect(pull).not.toHaveProperty("mergeCommit");
  });

  test("is found by a commit, and among the open ones", async () => {
    const client = createClient();
    const merged = { merged_at: "2026-01-01T00:00:00Z", merge_commit_sha: sha, state: "closed" };
    nock(apiUrl)
      .get(`${repo}/commits/${sha}/pulls`)
      .query({ per_page: 100 })
      .reply(200, [pullRequestAnswer({ number: 4, ...merged })])
      .get(`${repo}/pulls`)
      .query({ state: "open", base: "main", per_page: 100 })
      .reply(200, [pullRequestAnswer({ number: 5 })]);
    expect(await findPullRequestsOfCommit(client, sha)).toMatchObject([
      { number: 4, merged: true, mergeCommit: sha },
    ]);
    expect(await listOpenPullRequests(client, "main")).toMatchObject([{ number: 5 }]);
  });

  test("is closed", async () => {
    const client = createClient();
    nock(apiUrl)
      .patch(`${repo}/pulls/4`, { state: "closed" })
      .reply(200, pullRequestAnswer({ number: 4, state: "closed" }));
    await closePullRequest(client, 4);
  });
});

describe("a merge", () => {
  const input = { number: 4, sha, title: "Promote", message: "" };
  const answerMerge = (status: number, message: string) =>
    nock(apiUrl)
      .put(`${repo}/pulls/4/merge`, {
        sha,
        commit_title: "Promote",
        commit_message: "",
        merge_method: "merge",
      })
      .reply(status, status === 200 ? { sha: other, merged: true, message } : { message });
  const answerPull = (change: Parameters<typeof pullRequestAnswer>[0]) =>
    nock(apiUrl).get(`${repo}/pulls/4`).reply(200, pullRequestAnswer(change));

  test("gives the merge commit", async () => {
    const client = createClient();
    answerMerge(200, "Pull Request successfully merged");
    expect(await mergePullRequest(client, input)).toEqual({ ok: true, value: other });
  });

  test.each([
    [405, "Required status check is expected.", "refused"],
    [409, "Head branch was modified.", "conflict"],
    [403, "Resource not accessible by integration", "refused"],
    [422, "Validation Failed", "invalid"],
  ])("that is answered with %i says so in GitHub's words", async (status, message, kind) => {
    const client = createClient();
    answerMerge(status, message);
    answerPull({ number: 4, head: sha, state: "open" });
    const result = await mergePullRequest(client, input);
    expect(result).toMatchObject({ ok: false, problem: { kind } });
    expect(!result.ok && result.problem.what).toContain(message);
  });

  test("whose answer was lost is taken for done only at the head that was decided on", async () => {
    const client = createClient();
    const merged = { merged_at: "2026-01-01T00:00:00Z", merge_commit_sha: other, state: "closed" };
    answerMerge(405, "Pull Request is not mergeable");
    answerPull({ number: 4, head: sha, ...merged });
    expect(await mergePullRequest(client, input)).toEqual({ ok: true, value: other });
    answerMerge(405, "Pull Request is not mergeable");
    answerPull({ number: 4, head: "c".repeat(40), ...merged });
    expect(await mergePullRequest(client, input)).toMatchObject({ ok: false });
  });

  test("is sent once, whatever the answer", async () => {
    const client = createClient();
    answerMerge(502, "");
    await expect(mergePullRequest(client, input)).rejects.toMatchObject({
      problem: { kind: "unavailable" },
    });
  });
});
