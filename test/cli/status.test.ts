import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import * as formats from "ajv-formats";
import { statusCommand } from "../../src/cli/status.ts";
import { openStore } from "../../src/store/open-store.ts";
import { saveRepository } from "../../src/store/repositories.ts";
import { goodFiles } from "../streams/repository-of.ts";
import { createRepository, runCommand } from "./in-repository.ts";
import type { TestRepository } from "./in-repository.ts";

const here = process.cwd();
const schemaFile = new URL("../../schemas/output/status.json", import.meta.url);

function validator() {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  formats.default.default(ajv);
  const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as AnySchemaObject;
  return ajv.compile(schema);
}

describe("okd-streams status", () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = createRepository(goodFiles);
    process.chdir(repository.root);
  });
  afterEach(() => {
    process.chdir(here);
    repository.remove();
  });

  test("says in JSON of its published form how the streams stand", async () => {
    const { stdout } = await runCommand(statusCommand(), "-o", "json");
    const printed: unknown = JSON.parse(stdout);
    const validate = validator();
    expect(validate(printed) ? [] : validate.errors).toEqual([]);
    expect(printed).toMatchObject({ streams: [{ name: "edge", lastBuild: null }] });
  });

  test("adds the last build where it is given the bot's server file", async () => {
    const config = join(repository.root, "server.yaml");
    repository.write("server.yaml", "publicUrl: http://127.0.0.1:3000\n");
    repository.write("data/.keep", "");
    const store = await openStore(`file:${join(repository.root, "data", "okd-streams.db")}`);
    const seen = { id: 1, installationId: 2, owner: "okd", name: "streams", defaultBranch: "main" };
    await saveRepository(store.db, seen, new Date());
    await store.db
      .insertInto("runs")
      .values({
        id: "a".repeat(64),
        repositoryId: 1,
        kind: "build",
        subject: "edge",
        stream: "edge",
        inputDigest: "d",
        cause: "command:1",
        attempt: 1,
        cluster: "laptop",
        name: "edge-1",
        commit: "c".repeat(40),
        request: JSON.stringify({
          repositoryId: 1,
          kind: "build",
          subject: "edge",
          stream: "edge",
          inputDigest: "d",
          cause: "command:1",
          attempt: 1,
          cluster: "laptop",
          commit: "c".repeat(40),
          pipelineRef: { name: "p" },
          params: {},
          workspaces: {},
          timeouts: {},
        }),
        state: "failed",
        requestedAt: "2026-11-20T10:00:00.000Z",
        attempts: 0,
        settled: 1,
      })
      .execute();
    await store.close();
    const { stdout } = await runCommand(statusCommand(), "edge", "--config", config, "-o", "json");
    const printed: unknown = JSON.parse(stdout);
    const validate = validator();
    expect(validate(printed) ? [] : validate.errors).toEqual([]);
    expect(printed).toMatchObject({
      channels: [],
      streams: [{ lastBuild: { state: "failed", at: "2026-11-20T10:00:00.000Z" } }],
    });
  });

  test("refuses a name that nothing has", async () => {
    await expect(runCommand(statusCommand(), "nowhere")).rejects.toThrow("`okd-streams status`");
  });
});
