import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { listComments } from "../../src/github/comments.ts";
import { ensureComment } from "../../src/github/ensure-comment.ts";
import { commentAnswer, person } from "../fixtures/github/answers.ts";
import {
  afterEachTest,
  answerApp,
  apiUrl,
  createClient,
  otherSecret,
  repo,
} from "./client-fixture.ts";

beforeAll(() => nock.disableNetConnect());
afterEach(afterEachTest);
afterAll(() => nock.restore());

const marker = "<!-- okd-streams:review -->";
const input = { issue: 7, purpose: "review", body: "All well." };
const whole = `${marker}\nAll well.`;

function answerList(...pages: readonly (readonly object[])[]): void {
  answerApp();
  pages.forEach((page, index) => {
    const next = `<${apiUrl}${repo}/issues/7/comments?per_page=100&page=${index + 2}>; rel="next"`;
    nock(apiUrl)
      .get(`${repo}/issues/7/comments`)
      .query({ per_page: 100, ...(index === 0 ? {} : { page: index + 1 }) })
      .reply(200, [...page], index + 1 < pages.length ? { link: next } : {});
  });
}

describe("the one comment of a purpose", () => {
  test("is written where there is none, with its hidden first line", async () => {
    const client = createClient();
    answerList([commentAnswer({ id: 1, body: "A person's words", user: person })]);
    nock(apiUrl)
      .post(`${repo}/issues/7/comments`, { body: whole })
      .reply(201, commentAnswer({ id: 2, body: whole }));
    expect(await ensureComment(client, input)).toMatchObject({ id: 2, written: true });
  });

  test("is edited in place, found over all pages", async () => {
    const client = createClient();
    answerList(
      [commentAnswer({ id: 1, body: "first page" })],
      [commentAnswer({ id: 2, body: `${marker}\r\nold` })],
    );
    nock(apiUrl)
      .patch(`${repo}/issues/comments/2`, { body: whole })
      .reply(200, commentAnswer({ id: 2, body: whole }));
    expect(await ensureComment(client, input)).toMatchObject({ id: 2, written: true });
  });

  test("is never another author's, whoever writes the hidden line", async () => {
    const client = createClient();
    answerList([
      commentAnswer({ id: 1, body: whole, user: person }),
      commentAnswer({ id: 2, body: whole, user: { login: "other[bot]", id: 3, type: "Bot" } }),
      commentAnswer({ id: 3, body: whole, user: { ...person, login: "okd-streams[bot]" } }),
      commentAnswer({ id: 4, body: whole, user: null }),
      commentAnswer({ id: 5, body: `quoted:\n${whole}` }),
      commentAnswer({ id: 6, body: "<!-- okd-streams:review-2 -->\nx" }),
    ]);
    nock(apiUrl)
      .post(`${repo}/issues/7/comments`)
      .reply(201, commentAnswer({ id: 9, body: whole }));
    expect(await ensureComment(client, input)).toMatchObject({ id: 9 });
  });

  test("costs no call where it already says this", async () => {
    const client = createClient();
    answerList([commentAnswer({ id: 2, body: whole })]);
    const first = await ensureComment(client, input);
    expect(first).toMatchObject({ id: 2, written: false });
    expect(await ensureComment(client, { ...input, known: first })).toEqual(first);
  });

  test("costs one call where it is known and says something else", async () => {
    const client = createClient();
    nock(apiUrl)
      .patch(`${repo}/issues/comments/2`, { body: whole })
      .reply(200, commentAnswer({ id: 2, body: whole }));
    const known = { id: 2, hash: "old" };
    expect(await ensureComment(client, { ...input, known })).toMatchObject({
      id: 2,
      written: true,
    });
  });

  test("is written anew where a person deleted it", async () => {
    const client = createClient();
    nock(apiUrl)
      .patch(`${repo}/issues/comments/2`)
      .reply(404, { message: "Not Found" })
      .post(`${repo}/issues/7/comments`, { body: whole })
      .reply(201, commentAnswer({ id: 3, body: whole }));
    answerList([]);
    const known = { id: 2, hash: "old" };
    expect(await ensureComment(client, { ...input, known })).toMatchObject({ id: 3 });
  });

  test("stays one: further ones of ours are removed", async () => {
    const client = createClient();
    answerList([
      commentAnswer({ id: 1, body: whole }),
      commentAnswer({ id: 2, body: `${marker}\ntwin` }),
      commentAnswer({ id: 3, body: `${marker}\ngone` }),
    ]);
    nock(apiUrl)
      .delete(`${repo}/issues/comments/2`)
      .reply(204)
      .delete(`${repo}/issues/comments/3`)
      .reply(404, { message: "Not Found" });
    expect(await ensureComment(client, input)).toMatchObject({ id: 1, written: false });
  });

  test("is not written where it is unknown what stands there", async () => {
    const client = createClient();
    answerApp();
    nock(apiUrl).get(`${repo}/issues/7/comments`).query(true).reply(502, "");
    await expect(ensureComment(client, input)).rejects.toMatchObject({
      problem: { kind: "unavailable" },
    });
  });

  test("fits GitHub's limit and holds no secret", async () => {
    const client = createClient();
    answerList([]);
    let sent = "";
    nock(apiUrl)
      .post(`${repo}/issues/7/comments`, (body: { readonly body: string }) => {
        sent = body.body;
        return true;
      })
      .reply(201, commentAnswer({ id: 3, body: "" }));
    await ensureComment(client, { ...input, body: `${otherSecret} ${"ö".repeat(65_536)}` });
    expect(Buffer.byteLength(sent)).toBeLessThanOrEqual(65_536);
    expect(sent.startsWith(`${marker}\n*** öö`)).toBe(true);
    expect(sent.endsWith("ö…")).toBe(true);
  });
});

describe("the comments of a pull request", () => {
  test("come from all pages, a deleted account's as a ghost's", async () => {
    const client = createClient();
    answerList(
      [commentAnswer({ id: 1, body: "a", user: null })],
      [commentAnswer({ id: 2, body: "b" })],
    );
    await client.botLogin();
    expect(await listComments(client, 7)).toMatchObject([
      { id: 1, author: "ghost", authorIsBot: false, issue: 7 },
      { id: 2, author: "okd-streams[bot]", authorIsBot: true },
    ]);
  });
});
