import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { commitFiles } from "../../src/github/commit-files.ts";
import { createReview, findReview } from "../../src/github/create-review.ts";
import { botUser, repository } from "../fixtures/github/answers.ts";
import {
  afterEachTest,
  answerApp,
  answerToken,
  apiUrl,
  createApp,
  createClient,
  otherSecret,
  repo,
} from "./client-fixture.ts";

beforeAll(() => nock.disableNetConnect());
afterEach(afterEachTest);
afterAll(() => nock.restore());

const head = "a".repeat(40);
const tree = "b".repeat(40);
const newTree = "c".repeat(40);
const made = "d".repeat(40);

describe("a review", () => {
  test("takes one call for all its comments, on the new side of the diff", async () => {
    nock(apiUrl)
      .post(`${repo}/pulls/7/reviews`, {
        commit_id: head,
        event: "COMMENT",
        body: "One change.",
        comments: [
          { path: "streams/a.yaml", line: 4, side: "RIGHT", body: "one" },
          {
            path: "streams/a.yaml",
            line: 9,
            side: "RIGHT",
            start_line: 8,
            start_side: "RIGHT",
            body: "two",
          },
        ],
      })
      .reply(200, { id: 80, user: botUser, body: "One change.", state: "COMMENTED" });
    const id = await createReview(createClient(), {
      pull: 7,
      headSha: head,
      body: "One change.",
      comments: [
        { path: "streams/a.yaml", firstLine: 4, lastLine: 4, body: "one" },
        { path: "streams/a.yaml", firstLine: 8, lastLine: 9, body: "two" },
      ],
    });
    expect(id).toBe(80);
  });

  test("is found by its first line and by the bot's own name", async () => {
    answerApp();
    const line = "<!-- okd-streams:suggestions:x -->";
    const answers = [
      { id: 1, user: { login: "eve", id: 3, type: "User" }, body: `${line}\nMine.` },
      { id: 2, user: botUser, body: `Text\n${line}` },
      { id: 3, user: null, body: `${line}\nMine.` },
      { id: 4, user: botUser, body: `${line}\r\nMine.` },
    ];
    nock(apiUrl).get(`${repo}/pulls/7/reviews`).query({ per_page: 100 }).reply(200, answers);
    expect(await findReview(createClient(), 7, line)).toBe(4);
  });
});

describe("a commit of files", () => {
  const client = () => {
    const { app, installationId } = createApp();
    answerToken(installationId, "ghs_contents", { metadata: "read", contents: "write" });
    return app.forRepository({
      installationId,
      repositoryId: repository.id,
      owner: repository.owner,
      name: repository.name,
    });
  };
  const commit = {
    branch: "topic/a",
    parent: head,
    tree,
    message: "Fix 1 finding",
    files: [{ path: "streams/a.yaml", mode: "file", text: "a: 1\n" }],
  } as const;
  const answerObjects = (): void => {
    nock(apiUrl)
      .post(`${repo}/git/trees`, {
        base_tree: tree,
        tree: [{ path: "streams/a.yaml", mode: "100644", type: "blob", content: "a: 1\n" }],
      })
      .reply(201, { sha: newTree, tree: [], url: "" });
    nock(apiUrl)
      .post(`${repo}/git/commits`, { message: "Fix 1 finding", tree: newTree, parents: [head] })
      .reply(201, { sha: made });
  };

  test("stands on the expected one and is never forced, with a token for contents alone", async () => {
    answerObjects();
    nock(apiUrl)
      .patch(`${repo}/git/refs/heads%2Ftopic%2Fa`, { sha: made, force: false })
      .reply(200, { ref: "refs/heads/topic/a", object: { sha: made, type: "commit", url: "" } });
    await commitFiles(client(), commit);
  });

  test("is a conflict where the branch has moved on", async () => {
    answerObjects();
    nock(apiUrl)
      .patch(`${repo}/git/refs/heads%2Ftopic%2Fa`)
      .reply(422, { message: "Update is not a fast forward" });
    await expect(commitFiles(client(), commit)).rejects.toMatchObject({
      problem: { kind: "conflict", where: "topic/a" },
    });
  });

  test("holds no secret of the bot", async () => {
    const { app, installationId } = createApp();
    const quiet = app.forRepository({
      installationId,
      repositoryId: repository.id,
      owner: repository.owner,
      name: repository.name,
    });
    const files = [{ path: "streams/a.yaml", mode: "file", text: `a: ${otherSecret}\n` }] as const;
    await expect(commitFiles(quiet, { ...commit, files })).rejects.toMatchObject({
      problem: { kind: "refused" },
    });
  });
});
