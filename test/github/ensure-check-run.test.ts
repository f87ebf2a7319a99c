import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import nock from "nock";
import {
  ensureCheckRun,
  type CheckAnnotation,
  type CheckRunInput,
} from "../../src/github/ensure-check-run.ts";
import { checkRunAnswer } from "../fixtures/github/answers.ts";
import { afterEachTest, answerApp, apiUrl, createClient, repo } from "./client-fixture.ts";

beforeAll(() => nock.disableNetConnect());
afterEach(afterEachTest);
afterAll(() => nock.restore());

const headSha = "a".repeat(40);
const input: CheckRunInput = {
  name: "okd-streams / validate",
  headSha,
  externalId: "validate:1",
  status: "completed",
  conclusion: "success",
  title: "Valid",
  summary: "No findings.",
};
const open: CheckRunInput = {
  name: input.name,
  headSha,
  externalId: input.externalId,
  status: "in_progress",
  title: "Looking",
  summary: "",
};
const annotations = (count: number): readonly CheckAnnotation[] =>
  Array.from({ length: count }, (_, index) => ({
    path: "streams/a.yaml",
    start_line: index + 1,
    end_line: index + 1,
    start_column: 1,
    end_column: 4,
    annotation_level: "failure",
    message: `finding ${index}`,
  }));

interface Written {
  readonly output?: { readonly annotations?: readonly unknown[] };
  readonly [field: string]: unknown;
}

/** Collects what is written, in order. */
function answerWrites(...writes: readonly ("create" | number)[]): Written[] {
  const written: Written[] = [];
  const collect = (body: Written) => {
    written.push(body);
    return true;
  };
  for (const write of writes) {
    if (write === "create")
      nock(apiUrl)
        .post(`${repo}/check-runs`, collect)
        .reply(201, checkRunAnswer({ id: 11 }));
    else
      nock(apiUrl)
        .patch(`${repo}/check-runs/${write}`, collect)
        .reply(200, checkRunAnswer({ id: write }));
  }
  return written;
}

function answerList(...runs: readonly object[]): void {
  answerApp();
  nock(apiUrl)
    .get(`${repo}/commits/${headSha}/check-runs`)
    .query({ filter: "all", per_page: 100 })
    .reply(200, { total_count: runs.length, check_runs: [...runs] });
}

describe("a check run", () => {
  test("is made with everything that it says", async () => {
    const client = createClient();
    answerList();
    const written = answerWrites("create");
    const made = await ensureCheckRun(client, {
      ...input,
      detailsUrl: "https://streams.test/runs/1",
      text: "more",
      actions: [{ label: "Build it again please", description: "d", identifier: "retry" }],
      completedAt: "2026-01-01T00:00:00Z",
    });
    expect(made).toMatchObject({ id: 11, written: true });
    expect(written).toEqual([
      {
        name: "okd-streams / validate",
        head_sha: headSha,
        external_id: "validate:1",
        status: "completed",
        conclusion: "success",
        completed_at: "2026-01-01T00:00:00Z",
        details_url: "https://streams.test/runs/1",
        actions: [{ label: "Build it again pl…", description: "d", identifier: "retry" }],
        output: { title: "Valid", summary: "No findings.", text: "more" },
      },
    ]);
  });

  test("costs no call where it says this already, whatever the time", async () => {
    const client = createClient();
    answerList();
    answerWrites("create");
    const known = await ensureCheckRun(client, { ...input, completedAt: "2026-01-01T00:00:00Z" });
    const again = { ...input, completedAt: "2026-01-01T00:05:00Z", known };
    expect(await ensureCheckRun(client, again)).toMatchObject({ id: 11, written: false });
  });

  test("asks once a commit what stands there, however many checks it gets", async () => {
    const client = createClient();
    answerList();
    answerWrites("create", "create", "create");
    for (const name of ["validate", "plan", "promotion"])
      await ensureCheckRun(client, { ...input, name });
  });

  test("goes from open to completed in place", async () => {
    const client = createClient();
    answerList();
    const written = answerWrites("create", 11);
    const known = await ensureCheckRun(client, open);
    expect(await ensureCheckRun(client, { ...input, known })).toMatchObject({ id: 11 });
    expect(written[0]).not.toHaveProperty("conclusion");
    expect(written[1]).toMatchObject({ status: "completed", conclusion: "success" });
  });

  test("that is completed never opens again: a new one is made", async () => {
    const client = createClient();
    answerList();
    const written = answerWrites("create", "create");
    const known = await ensureCheckRun(client, input);
    await ensureCheckRun(client, { ...open, known });
    expect(written[1]).toMatchObject({ status: "in_progress", head_sha: headSha });
  });

  test("under another external id is another one", async () => {
    const client = createClient();
    answerList();
    answerWrites("create", "create");
    const known = await ensureCheckRun(client, input);
    await ensureCheckRun(client, { ...input, externalId: "validate:2", known });
  });

  test("gets annotations in batches of fifty", async () => {
    const client = createClient();
    answerList();
    const written = answerWrites("create", 11, 11);
    await ensureCheckRun(client, { ...input, annotations: annotations(120) });
    expect(written.map((body) => body.output?.annotations?.length)).toEqual([50, 50, 20]);
    expect(written[2]).toMatchObject({ output: { title: "Valid", summary: "No findings." } });
  });

  test("keeps annotations that stay true, and is made anew where they do not", async () => {
    const client = createClient();
    answerList();
    const written = answerWrites("create", 11, "create");
    const first = await ensureCheckRun(client, { ...input, annotations: annotations(2) });
    const changed = { ...input, title: "Other", annotations: annotations(2), known: first };
    const second = await ensureCheckRun(client, changed);
    await ensureCheckRun(client, { ...input, annotations: annotations(1), known: second });
    expect(written.map((body) => body.output?.annotations?.length)).toEqual([2, undefined, 1]);
  });

  test("drops columns of annotations over several lines, which GitHub refuses", async () => {
    const client = createClient();
    answerList();
    const written = answerWrites("create");
    const [one] = annotations(1);
    await ensureCheckRun(client, { ...input, annotations: [{ ...one!, end_line: 3 }] });
    expect(written[0]?.output?.annotations).toEqual([
      {
        path: "streams/a.yaml",
        start_line: 1,
        end_line: 3,
        annotation_level: "failure",
        message: "finding 0",
      },
    ]);
  });

  test("that a killed process wrote and could not note is found and used", async () => {
    const client = createClient();
    const mine = { name: input.name, external_id: "validate:1", status: "in_progress" };
    answerList(
      checkRunAnswer({ id: 4, ...mine, slug: "another-app" }),
      checkRunAnswer({ id: 5, ...mine }),
      checkRunAnswer({ id: 6, ...mine, external_id: "validate:0" }),
      checkRunAnswer({ id: 7, ...mine, name: "okd-streams / plan" }),
    );
    answerWrites(5);
    expect(await ensureCheckRun(client, input)).toMatchObject({ id: 5, written: true });
  });

  test("that a killed process left with half of its annotations is made anew", async () => {
    const client = createClient();
    const half = { name: input.name, external_id: "validate:1", status: "completed" };
    answerList(checkRunAnswer({ id: 5, ...half, annotations_count: 50 }));
    answerWrites("create", 11);
    await ensureCheckRun(client, { ...input, annotations: annotations(60) });
  });

  test("that a lost answer left in doubt gets its annotations anew, never twice", async () => {
    const client = createClient();
    answerList();
    answerWrites("create");
    const known = await ensureCheckRun(client, input);
    const found = { ...input, annotations: annotations(60), known };
    const first = answerWrites("create");
    nock(apiUrl).patch(`${repo}/check-runs/11`).reply(502, {});
    await expect(ensureCheckRun(client, found)).rejects.toBeDefined();
    const second = answerWrites("create", 11);
    await ensureCheckRun(client, found);
    expect([...first, ...second].map((body) => body.output?.annotations?.length)).toEqual([
      50, 50, 10,
    ]);
  });

  test("that was found and then failed to take its annotations is looked for again", async () => {
    const client = createClient();
    const mine = { name: input.name, external_id: "validate:1", status: "completed" };
    answerList(checkRunAnswer({ id: 5, ...mine }));
    answerWrites(5);
    nock(apiUrl).patch(`${repo}/check-runs/5`).reply(502, {});
    const wanted = { ...input, annotations: annotations(60) };
    await expect(ensureCheckRun(client, wanted)).rejects.toBeDefined();
    nock(apiUrl)
      .get(`${repo}/commits/${headSha}/check-runs`)
      .query(true)
      .reply(200, {
        total_count: 1,
        check_runs: [checkRunAnswer({ id: 5, ...mine, annotations_count: 50 })],
      });
    answerWrites("create", 11);
    expect(await ensureCheckRun(client, wanted)).toMatchObject({ id: 11 });
  });

  test("is looked for again after a write whose answer was lost", async () => {
    const client = createClient();
    answerList();
    nock(apiUrl).post(`${repo}/check-runs`).replyWithError("connection reset");
    await expect(ensureCheckRun(client, input)).rejects.toMatchObject({
      problem: { kind: "unavailable" },
    });
    const made = { name: input.name, external_id: "validate:1", status: "completed" };
    nock(apiUrl)
      .get(`${repo}/commits/${headSha}/check-runs`)
      .query(true)
      .reply(200, { total_count: 1, check_runs: [checkRunAnswer({ id: 8, ...made })] });
    answerWrites(8);
    expect(await ensureCheckRun(client, input)).toMatchObject({ id: 8 });
  });

  test("fits GitHub's limits", async () => {
    const client = createClient();
    answerList();
    const written = answerWrites("create");
    await ensureCheckRun(client, { ...input, summary: "ß".repeat(70_000), text: "x".repeat(1e5) });
    const { summary, text } = written[0]?.output as { summary: string; text: string };
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(text)).toBe(65_535);
  });

  test("that is completed needs a conclusion", async () => {
    const client = createClient();
    answerList();
    nock(apiUrl).get(/./).optionally().reply(200, {});
    const { conclusion, ...without } = input;
    expect(conclusion).toBe("success");
    await expect(ensureCheckRun(client, without)).rejects.toMatchObject({
      problem: { kind: "invalid" },
    });
  });
});
