import { chmodSync, readFileSync, readdirSync, renameSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { fixWorkingTree } from "../../src/cli/fix-files.ts";
import { validateCommand } from "../../src/cli/validate.ts";
import type { Finding } from "../../src/streams/findings/finding.ts";
import { fileOf, goodFiles } from "../streams/repository-of.ts";
import { createRepository, runCommand } from "./in-repository.ts";
import type { TestRepository } from "./in-repository.ts";

const edge = "streams/edge.yaml";
const good = goodFiles[edge] ?? "";
const wrong = good
  .replace("operatingSystem", "operatingSytem")
  .replace('version: "4.21"', "version: 4.20 # the next")
  .replace("branch: master", "brunch: master");
const mended = good.replace('version: "4.21"', 'version: "4.20" # the next');

describe("okd-streams validate --fix", () => {
  let repository: TestRepository;
  let said: string[];
  beforeEach(() => {
    repository = createRepository(goodFiles);
    said = [];
    jest.spyOn(process.stderr, "write").mockImplementation((chunk) => {
      said.push(String(chunk));
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    repository.remove();
  });

  const read = (): string => readFileSync(join(repository.root, edge), "utf8");

  test("mends what needs no thought, says where, and shows the rest", async () => {
    repository.write(edge, `${wrong}  zzz: 1\n`);
    const { stdout, exitCode } = await runCommand(validateCommand(), repository.root, "--fix");
    expect(read()).toBe(`${mended}  zzz: 1\n`);
    expect(said.filter((line) => line.startsWith("fixed ")).toSorted()).toEqual([
      'fixed streams/edge.yaml:15:7  Rename it to "branch"  param-unknown\n',
      "fixed streams/edge.yaml:7:12  Put it in quotes  schema-value\n",
      'fixed streams/edge.yaml:8:3  Rename it to "operatingSystem"  schema-unknown-key\n',
    ]);
    expect(stdout).toContain('"zzz" is no key of spec.');
    expect(stdout).toContain("1 error,");
    expect(exitCode).toBe(1);
  });

  test("ends in 0 where nothing is left, and keeps the file's mode and no other file", async () => {
    repository.write(edge, wrong);
    chmodSync(join(repository.root, edge), 0o664);
    const { exitCode } = await runCommand(validateCommand(), repository.root, "--fix");
    expect(exitCode).toBe(0);
    expect(statSync(join(repository.root, edge)).mode & 0o777).toBe(0o664);
    expect(readdirSync(join(repository.root, "streams")).toSorted()).toEqual([
      "channels",
      "edge.yaml",
    ]);
  });

  test("leaves alone what was not named, and with --base what was there before", async () => {
    repository.write(edge, wrong);
    const channels = join(repository.root, "streams/channels");
    await runCommand(validateCommand(), channels, "--fix");
    expect(read()).toBe(wrong);
    repository.commit();
    repository.write(edge, wrong.replace("cluster:", "clustr:"));
    await runCommand(validateCommand(), repository.root, "--fix", "--base", "HEAD");
    expect(read()).toBe(wrong);
    expect(said.filter((line) => line.startsWith("fixed "))).toHaveLength(1);
  });

  test("carries each fix in the JSON, which nothing changes", async () => {
    repository.write(edge, wrong);
    const { stdout } = await runCommand(validateCommand(), repository.root, "-o", "json");
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; fix?: unknown }[] };
    expect(findings.find(({ rule }) => rule === "schema-value")?.fix).toEqual({
      title: "Put it in quotes",
      edits: [{ line: 7, column: 12, endLine: 7, endColumn: 16, newText: '"4.20"' }],
    });
    expect(read()).toBe(wrong);
  });

  describe("refuses", () => {
    const rename: Finding = {
      rule: "schema-unknown-key",
      severity: "error",
      file: edge,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 2,
      message: "Wrong.",
      help: "Mend it.",
      helpUrl: "",
      fix: {
        title: "Rename it",
        edits: [{ line: 1, column: 1, endLine: 1, endColumn: 2, newText: "b" }],
      },
    };
    const fix = () =>
      fixWorkingTree(repository.root, [fileOf(edge, "a: 1\n")], ([file]) =>
        Promise.resolve(new TextDecoder().decode(file?.content) === "a: 1\n" ? [rename] : []),
      );

    test("a file that was changed meanwhile", async () => {
      repository.write(edge, "a: 2\n");
      await expect(fix()).rejects.toThrow("was changed meanwhile");
      expect(read()).toBe("a: 2\n");
    });

    test("a link in the place of a file or of a folder", async () => {
      repository.write("elsewhere/edge.yaml", "a: 1\n");
      const path = join(repository.root, edge);
      renameSync(path, `${path}.old`);
      symlinkSync("../elsewhere/edge.yaml", path);
      await expect(fix()).rejects.toThrow("stands behind a link");
      renameSync(join(repository.root, "streams"), join(repository.root, "away"));
      symlinkSync("elsewhere", join(repository.root, "streams"));
      await expect(fix()).rejects.toThrow("stands behind a link");
      expect(readFileSync(join(repository.root, "elsewhere/edge.yaml"), "utf8")).toBe("a: 1\n");
    });
  });
});
