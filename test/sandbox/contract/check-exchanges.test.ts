import { describe, expect, test } from "@jest/globals";
import { checkExchanges } from "../../../src/sandbox/contract/check-exchanges.ts";
import { toJsonSchema } from "../../../src/sandbox/contract/convert-schema.ts";
import { matchOperation } from "../../../src/sandbox/contract/match-operation.ts";

const thing = {
  type: "object",
  required: ["id", "note"],
  properties: { id: { type: "integer" }, note: { type: "string", nullable: true } },
};
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const descriptions = {
  openapi: {
    paths: {
      "/things/{id}": {
        get: { responses: { "200": json({ $ref: "#/components/schemas/thing" }) } },
        delete: { responses: { "204": { description: "gone" } } },
      },
      "/things/{ref}/notes": { get: { responses: { "200": json({ type: "array" }) } } },
    },
    components: {
      schemas: {
        thing,
        "basic-error": {
          type: "object",
          required: ["message"],
          properties: { message: { type: "string" } },
        },
      },
    },
  },
  webhooks: {
    $schema: "http://json-schema.org/draft-07/schema#",
    definitions: {
      push$event: { type: "object", required: ["ref"] },
      thing$made: { type: "object", required: ["thing"] },
    },
  },
};

function rest(method: string, path: string, status: number, body: unknown) {
  return { kind: "rest", method, path, status, body } as const;
}

function webhook(event: string, payload: unknown) {
  return { kind: "webhook", event, payload } as const;
}

describe("the check against GitHub's descriptions", () => {
  test.each([
    rest("GET", "/things/1", 200, { id: 1, note: null }),
    rest("DELETE", "/things/1", 204, null),
    rest("GET", "/things/1", 403, { message: "no" }),
    rest("GET", "/things/a/notes", 200, []),
    webhook("push", { ref: "refs/heads/main" }),
    webhook("thing", { action: "made", thing: {} }),
  ])("passes %j", (exchange) => {
    expect(checkExchanges([exchange], descriptions)).toEqual([]);
  });

  test.each([
    [rest("GET", "/things/1", 200, { id: "1", note: null }), "/id must be integer"],
    [rest("GET", "/things/1", 200, { id: 1 }), "required property 'note'"],
    [rest("DELETE", "/things/1", 204, {}), "a body where GitHub sends none"],
    [rest("GET", "/things/1", 404, {}), "required property 'message'"],
    [rest("GET", "/nothing", 200, {}), "GitHub describes no such answer"],
    [rest("PUT", "/things/1", 200, {}), "GitHub describes no such answer"],
    [webhook("push", {}), "required property 'ref'"],
    [webhook("thing", { action: "lost" }), "GitHub describes no such event"],
  ] as const)("fails %j: %s", (exchange, problem) => {
    const found = checkExchanges([exchange], descriptions);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });
});

test("of two paths that fit, the more exact one counts", () => {
  const paths = {
    "/repos/{owner}/{repo}/commits/{ref}": { get: {} },
    "/repos/{owner}/{repo}/commits/{ref}/check-runs": { get: {} },
    "/repos/{owner}/{repo}/pulls/comments": { get: {} },
    "/repos/{owner}/{repo}/pulls/{number}": { get: {} },
  };
  const template = (path: string): string | undefined =>
    matchOperation(paths, "GET", path)?.template;
  expect(template("/repos/a/b/commits/heads/x/check-runs")).toMatch(/check-runs$/);
  expect(template("/repos/a/b/commits/heads/x")).toMatch(/\{ref\}$/);
  expect(template("/repos/a/b/pulls/comments")).toMatch(/comments$/);
});

test("a property called nullable or example stays one", () => {
  const schema = { properties: { example: { type: "string" }, nullable: { type: "boolean" } } };
  expect(toJsonSchema(schema)).toEqual(schema);
});
