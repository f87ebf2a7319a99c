import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { validateCommand } from "../../src/cli/validate.ts";
import { localVolume, packTask } from "../../src/streams/rules/tekton-file-examples.ts";
import { goodFiles } from "../streams/repository-of.ts";
import { createRepository, runCommand } from "./in-repository.ts";
import type { TestRepository } from "./in-repository.ts";

const wrong = packTask("pack").replace("steps", "stesp");

describe("okd-streams validate on Tekton files of their own", () => {
  let repository: TestRepository;
  const validate = (...args: string[]) => runCommand(validateCommand(), ...args);
  beforeEach(() => {
    repository = createRepository({ "base/pack.yaml": packTask("pack") });
  });
  afterEach(() => repository.remove());

  test("reads every YAML file below a folder, and follows no link", async () => {
    repository.write("base/deep/wrong.yml", wrong);
    repository.write("node_modules/wrong.yaml", wrong);
    repository.write("chart/Chart.yaml", "name: chart\n");
    repository.write("chart/templates/wrong.yaml", "{{ range }}\n- a\n");
    symlinkSync("/etc/hostname", join(repository.root, "link.yaml"));
    const { stdout, exitCode } = await validate(repository.root, "-o", "github");
    expect(stdout).toMatch(/^::error file=base\/deep\/wrong.yml,line=6,.*\n$/);
    expect(exitCode).toBe(1);
  });

  test("shows the line", async () => {
    repository.write("base/wrong.yaml", wrong);
    const { stdout } = await validate(repository.root);
    expect(stdout).toContain("6 |   stesp:\n    |   ^^^^^");
  });

  test("looks at a file together with its folder, and shows what is wrong with it", async () => {
    repository.write("base/wrong.yaml", wrong);
    repository.write("base/a.yaml", localVolume("a", "/dev/sdb"));
    repository.write("base/b.yaml", localVolume("b", "/dev/sdb"));
    const { stdout } = await validate(join(repository.root, "base/a.yaml"), "-o", "github");
    expect(stdout).toMatch(/^::error file=a.yaml,line=7,.*persistent-volume-shared.*\n$/);
  });

  test("with --base leaves out what the base has", async () => {
    repository.write("base/wrong.yaml", wrong);
    repository.commit();
    const base = join(repository.root, "base");
    expect((await validate(base)).exitCode).toBe(1);
    expect((await validate(base, "--base", "HEAD")).exitCode).toBe(0);
    repository.write("base/worse.yaml", wrong.replace("name: pack", "name: worse"));
    const { stdout } = await validate(base, "--base", "HEAD", "-o", "github");
    expect(stdout).toMatch(/^::error file=worse.yaml,.*\n$/);
  });

  test("takes a folder beside those of a streams repository for one of Tekton files", async () => {
    for (const [path, text] of Object.entries(goodFiles)) repository.write(path, text);
    repository.write("base/wrong.yaml", wrong);
    expect((await validate(repository.root)).exitCode).toBe(0);
    expect((await validate(join(repository.root, "tekton"))).exitCode).toBe(0);
    expect((await validate(join(repository.root, "base"))).exitCode).toBe(1);
  });

  test("refuses a folder without YAML", async () => {
    repository.write("docs/a.txt", "");
    await expect(validate(join(repository.root, "docs"))).rejects.toThrow("no YAML file");
  });
});
