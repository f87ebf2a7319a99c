import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { initCommand } from "../../src/cli/init.ts";
import { readWorkingTree } from "../../src/cli/read-working-tree.ts";
import { parseIssueForm } from "../../src/sandbox/forms/issue-form.ts";
import { proposalFormPath } from "../../src/streams/proposals/proposal-fields.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";
import { runCommand } from "./in-repository.ts";

let root: string;
let told: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "okd-streams-init-")));
  told = "";
  jest.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    told += String(chunk);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("okd-streams init", () => {
  test.each([
    ["nothing", []],
    ["one maintainer", ["--maintainer", "ann"]],
    ["several", ["--maintainer", "ann", "--maintainer", "ben"]],
    ["a team", ["--owner", "@okd/release", "--maintainer", "ann"]],
    ["another system", ["--stream", "kiosk", "--version", "4.20", "--operating-system", "fcos"]],
  ])("writes a repository without a finding when told %s", async (_name, options) => {
    await runCommand(initCommand(), root, ...options);
    const { findings, streams, channels } = validateRepository(readWorkingTree(root), {
      now: new Date(),
    });
    expect(findings).toEqual([]);
    expect([streams.size, channels.size]).toEqual([1, 1]);
  });

  test("asks the owners to review and to approve, and leaves releases to the bot", async () => {
    await runCommand(initCommand(), root, "--owner", "@okd/release", "--owner", "ann");
    expect(read(".github/CODEOWNERS")).toMatch(/^\* @okd\/release @ann$/m);
    expect(read(".github/CODEOWNERS")).toMatch(/^\/streams\/channels\/\*\/release\.yaml$/m);
    expect(parse(read(".github/okd-streams.yml"))).toMatchObject({
      roles: { approvers: ["@okd/release", "ann"] },
    });
    expect(parse(read("streams/channels/next/channel.yaml"))).toMatchObject({
      spec: { promotion: { requires: ["image-contents"], approvals: { minimum: 1 } } },
    });
  });

  test("writes a workflow that calls the action of this package with inputs that it has", async () => {
    await runCommand(initCommand(), root);
    const workflow = JSON.stringify(parse(read(".github/workflows/validate-streams.yml")));
    expect(workflow).toContain('"uses":"okd-project/okd-streams@main","with":{"base":');
  });

  test("writes the form by which streams are proposed, with the pipeline that there is", async () => {
    await runCommand(initCommand(), root);
    const form = parseIssueForm(read(proposalFormPath));
    const options = form?.body.flatMap((field) =>
      field.type === "dropdown" && field.id === "pipeline" ? field.attributes.options : [],
    );
    expect(options?.map((path) => existsSync(join(root, path)))).toEqual([true]);
    expect(read("README.md")).toContain("Propose a stream");
  });

  test("overwrites nothing, and says what is there", async () => {
    writeFileSync(join(root, "README.md"), "mine\n");
    await expect(runCommand(initCommand(), root)).rejects.toThrow("There is already README.md;");
    expect(existsSync(join(root, "streams"))).toBe(false);
    const { stdout } = await runCommand(initCommand(), root, "--keep");
    expect(read("README.md")).toBe("mine\n");
    expect(stdout).toContain("streams/edge.yaml\n");
    const again = await runCommand(initCommand(), root, "--keep");
    expect(again.stdout).toBe("Every file is there already; nothing was written.\n");
  });

  test.each([
    ["a version", ["--version", "abc"], "spec.version"],
    ["a login", ["--maintainer", "a\nb"], "spec.maintainers"],
    ["an owner", ["--owner", "* @x"], "roles.approvers"],
  ])("writes nothing where %s is none, and shows the place", async (_name, options, place) => {
    await expect(runCommand(initCommand(), root, ...options)).rejects.toThrow(
      "nothing was written",
    );
    expect(told).toContain(place);
    expect(existsSync(join(root, "README.md"))).toBe(false);
  });

  test("refuses a name with another like it", async () => {
    const called = runCommand(initCommand(), root, "--stream", "Kiosk One");
    await expect(called).rejects.toThrow('Take "kiosk-one", for example.');
  });
});
