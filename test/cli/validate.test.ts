import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { validateCommand } from "../../src/cli/validate.ts";
import { goodFiles } from "../streams/repository-of.ts";
import { createRepository, runCommand } from "./in-repository.ts";
import type { TestRepository } from "./in-repository.ts";

const edge = "streams/edge.yaml";
const broken = goodFiles[edge]!.replace("30 10 * * *", "0 0 30 2 *");

describe("okd-streams validate", () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = createRepository(goodFiles);
  });
  afterEach(() => repository.remove());

  test("finds no error in this repository's own streams", async () => {
    const own = fileURLToPath(new URL("../../", import.meta.url));
    const { stdout, exitCode } = await runCommand(validateCommand(), own, "-o", "json");
    const output = JSON.parse(stdout) as { findings: { severity: string; rule: string }[] };
    expect(output.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(output.findings.map(({ rule }) => rule)).toContain("pipeline-elsewhere");
    expect(exitCode).toBe(0);
  });

  test("says with --fetch why a pipeline of another repository cannot be fetched, and without it how it could", async () => {
    const git = `git:
        url: https://127.0.0.1:1/pipelines.git
        revision: d4be53e847b94469932100ee1c100767f7b71edb
        path: build.yaml`;
    repository.write(edge, goodFiles[edge]!.replace("path: tekton/pipelines/build.yaml", git));
    const without = await runCommand(validateCommand(), repository.root);
    expect(without.stdout).toContain("Nothing of another repository was fetched.");
    expect(without.stdout).toContain("Validate with `--fetch`");
    const { stdout, exitCode } = await runCommand(validateCommand(), repository.root, "--fetch");
    expect(stdout).toContain("build.yaml of https://127.0.0.1:1/pipelines.git at d4be53e847b9");
    expect(stdout).toContain("cannot be fetched");
    expect(exitCode).toBe(0);
  });

  test("ends in 1 and shows the line where there is an error", async () => {
    repository.write(edge, broken);
    const { stdout, exitCode } = await runCommand(validateCommand(), repository.root);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("streams/edge.yaml:22:13  error");
    expect(stdout).toContain("22 |       cron: 0 0 30 2 *\n     |             ^^^^^^^^^^");
    expect(stdout).toContain("1 error, 0 warnings, 1 notice");
  });

  test("looks at the named files only, by the rules of the whole repository", async () => {
    repository.write("streams/other.yaml", "a: 1\n");
    const file = join(repository.root, edge);
    expect((await runCommand(validateCommand(), file)).exitCode).toBe(0);
    expect((await runCommand(validateCommand(), join(repository.root, "streams"))).exitCode).toBe(
      1,
    );
    const folder = join(repository.root, "streams/channels");
    expect((await runCommand(validateCommand(), file, folder)).exitCode).toBe(0);
  });

  test("with --base leaves out what the base has, even where it moved", async () => {
    repository.write(edge, broken);
    repository.commit();
    repository.write(edge, `# moved\n${broken}`);
    const same = await runCommand(validateCommand(), repository.root, "--base", "HEAD");
    expect(same.exitCode).toBe(0);
    repository.write(edge, broken.replace("branch:", "brunch:"));
    const more = await runCommand(
      validateCommand(),
      repository.root,
      "--base",
      "HEAD",
      "-o",
      "github",
    );
    expect(more.exitCode).toBe(1);
    expect(more.stdout).toMatch(/^::error file=streams\/edge.yaml,line=15,.*param-unknown::.*\n$/);
  });

  test("tells a link and does not follow it", async () => {
    symlinkSync("/etc/passwd", join(repository.root, "streams/link.yaml"));
    const { stdout } = await runCommand(validateCommand(), repository.root, "-o", "json");
    expect(stdout).toContain("file-symlink");
    expect(stdout).not.toContain("root:");
  });

  test.each([
    ["no such path", ["/no/such/path"], "There is no"],
    ["a revision that is an option", ["--base", "--output=x"], "is no commit"],
  ])("refuses %s", async (_name, args, why) => {
    const paths = args[0]?.startsWith("-") === true ? [repository.root, ...args] : args;
    await expect(runCommand(validateCommand(), ...paths)).rejects.toThrow(why);
  });
});
