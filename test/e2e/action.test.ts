import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import * as z from "zod";
import { packageRoot } from "../../src/package-root.ts";
import { createRepository } from "../cli/in-repository.ts";
import { goodFiles } from "../streams/repository-of.ts";

const stepSchema = z.object({
  id: z.string().optional(),
  shell: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const action = z
  .object({
    inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
    outputs: z.record(z.string(), z.object({ value: z.string() })),
    runs: z.object({ using: z.literal("composite"), steps: z.array(stepSchema) }),
  })
  .parse(parse(readFileSync(join(packageRoot, "action.yml"), "utf8")));
const validate = action.runs.steps.find(({ id }) => id === "validate");

const repository = createRepository(goodFiles);
const temporary = mkdtempSync(join(tmpdir(), "okd-streams-action-"));
const output = join(temporary, "output");
afterAll(() => {
  repository.remove();
  rmSync(temporary, { recursive: true, force: true });
});
beforeEach(() => {
  writeFileSync(output, "");
  for (const [path, text] of Object.entries(goodFiles)) repository.write(path, text);
});

/** Runs the step as a runner does, with the action's inputs. */
function runStep(inputs: Readonly<Record<string, string>>) {
  const values = Object.entries(validate?.env ?? {}).map(([name, expression]): [string, string] => {
    const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? "";
    return [name, inputs[input] ?? action.inputs[input]?.default ?? ""];
  });
  const script = join(temporary, "step.sh");
  writeFileSync(script, validate?.run ?? "");
  const { status, stdout } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", script],
    {
      cwd: repository.root,
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        HOME: temporary,
        GITHUB_ACTION_PATH: packageRoot,
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: temporary,
        ...Object.fromEntries(values),
      },
    },
  );
  return { status, stdout, outputs: readFileSync(output, "utf8") };
}

const edge = "streams/edge.yaml";
const broken = (goodFiles[edge] ?? "").replace("branch:", "brunch:");
const past = `${goodFiles[edge] ?? ""}  lifecycle:\n    state: active\n    endOfLife: 2020-01-01\n`;

describe("the action", () => {
  test("puts no expression into a shell", () => {
    for (const { run } of action.runs.steps) expect(run ?? "").not.toContain("${{");
  });

  test("passes where all is valid", () => {
    expect(runStep({})).toMatchObject({ status: 0, outputs: "errors=0\nwarnings=0\n" });
  });

  test("fails and marks what is wrong", () => {
    repository.write(edge, broken);
    const { status, stdout, outputs } = runStep({});
    expect(status).not.toBe(0);
    expect(stdout).toContain(`::error file=${edge},line=`);
    expect(outputs).toMatch(/^errors=[1-9]/);
  });

  test("leaves out what the base has", () => {
    repository.write(edge, broken);
    repository.commit();
    expect(runStep({ base: "HEAD" }).status).toBe(0);
  });

  test.each([
    ["error", 0],
    ["warning", 1],
    ["never", 0],
  ])("with a warning and fail-on %s it ends in %d", (failOn, status) => {
    repository.write(edge, past);
    expect(runStep({ "fail-on": failOn })).toMatchObject({
      status,
      outputs: "errors=0\nwarnings=1\n",
    });
  });

  test("writes SARIF too", () => {
    repository.write(edge, broken);
    runStep({ "sarif-file": "out.sarif" });
    const log: unknown = JSON.parse(readFileSync(join(repository.root, "out.sarif"), "utf8"));
    expect(log).toMatchObject({ version: "2.1.0" });
  });

  test.each([
    ["a path", { path: "$(touch pwned)" }],
    ["an option as a path", { path: "--help" }],
    ["a base", { base: "--output=x" }],
    ["a format", { format: "xml; touch pwned" }],
    ["a threshold", { "fail-on": "often" }],
  ])("fails where an input is no good: %s", (_name, inputs) => {
    expect(runStep(inputs).status).not.toBe(0);
    expect(() => readFileSync(join(repository.root, "pwned"))).toThrow("ENOENT");
  });
});
