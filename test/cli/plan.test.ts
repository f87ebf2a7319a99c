import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { planCommand } from "../../src/cli/plan.ts";
import { goodFiles } from "../streams/repository-of.ts";
import { createRepository, runCommand } from "./in-repository.ts";
import type { TestRepository } from "./in-repository.ts";

describe("okd-streams plan", () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = createRepository(goodFiles);
  });
  afterEach(() => repository.remove());

  test("compares the working tree with the base", async () => {
    const before = await runCommand(planCommand(), repository.root);
    expect(before.stdout).toContain("builds no stream");
    const text = goodFiles["streams/edge.yaml"]!.replace("master", "main");
    repository.write("streams/edge.yaml", text);
    const after = await runCommand(planCommand(), repository.root);
    expect(after.stdout).toContain("because: param branch: master -> main");
    expect(after.exitCode).toBe(0);
    const json = await runCommand(planCommand(), repository.root, "-o", "json");
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: "Plan", builds: [{ stream: "edge" }] });
  });
});
