import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { renderCommand } from "../../src/cli/render.ts";
import { parsePipelineRun } from "../../src/tekton/parse-pipeline-run.ts";
import { parseYaml } from "../../src/yaml/parse-yaml.ts";
import { goodFiles } from "../streams/repository-of.ts";
import { createRepository, runCommand } from "./in-repository.ts";
import type { TestRepository } from "./in-repository.ts";

const url = "https://example.org/okd/streams.git";

const here = process.cwd();

describe("okd-streams render", () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = createRepository(goodFiles);
    process.chdir(repository.root);
  });
  afterEach(() => {
    process.chdir(here);
    repository.remove();
  });

  test("prints the same valid PipelineRun each time", async () => {
    const first = await runCommand(renderCommand(), "edge", "--repository-url", url);
    const second = await runCommand(renderCommand(), "edge", "--repository-url", url);
    expect(second.stdout).toBe(first.stdout);
    const run = parsePipelineRun(parseYaml("run.yaml", first.stdout).documents[0]!);
    expect(run).toMatchObject({ ok: true, value: { kind: "PipelineRun" } });
  });

  test("says what is missing", async () => {
    await expect(runCommand(renderCommand(), "edgy", "--repository-url", url)).rejects.toThrow(
      'Did you mean "edge"?',
    );
    await expect(runCommand(renderCommand(), "edge")).rejects.toThrow("--repository-url URL");
  });
});
