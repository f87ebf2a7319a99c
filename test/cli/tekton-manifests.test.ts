import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { tektonCommand } from "../../src/cli/tekton.ts";
import { goodFiles, pipelinePath } from "../streams/repository-of.ts";

let root: string;
const started = process.cwd();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "manifests-"));
  for (const [path, text] of Object.entries(goodFiles)) write(path, text);
  process.chdir(root);
});
afterEach(() => {
  process.chdir(started);
  process.exitCode = undefined;
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function call(...args: string[]): Promise<void> {
  await tektonCommand().parseAsync(["manifests", ...args], { from: "user" });
}

const folder = "tekton/triggers";
const made = [
  "build.trigger.yaml",
  "event-listener.yaml",
  "kustomization.yaml",
  "service-accounts.yaml",
  "verify.trigger.yaml",
];

describe("okd-streams tekton manifests", () => {
  test("writes what is missing and removes what no stream needs any more", async () => {
    await call();
    expect(readdirSync(folder).sort()).toEqual(made);
    write("streams/edge.yaml", goodFiles["streams/edge.yaml"]!.replace(/ {2}verify:[^]*$/, ""));
    write(
      "streams/channels/next/channel.yaml",
      goodFiles["streams/channels/next/channel.yaml"]!.replace("requires: [contents]", "soak: 1h"),
    );
    await call();
    expect(process.exitCode).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(
      made.filter((name) => name !== "verify.trigger.yaml"),
    );
  });

  test("keeps what people put beside it, and lists it", async () => {
    write(`${folder}/volume.yaml`, "# ours\napiVersion: v1\nkind: PersistentVolumeClaim\n");
    await call();
    expect(readFileSync(`${folder}/kustomization.yaml`, "utf8")).toContain("  - volume.yaml\n");
    expect(readFileSync(`${folder}/volume.yaml`, "utf8")).toContain("# ours");
  });

  test("never writes over a file that it did not make", async () => {
    write(`${folder}/build.trigger.yaml`, "# by hand\n");
    await expect(call()).rejects.toThrow("build.trigger.yaml would be replaced");
    expect(readdirSync(folder)).toEqual(["build.trigger.yaml"]);
  });

  test("writes nothing where a listener could not carry a param", async () => {
    write(pipelinePath, goodFiles[pipelinePath]!.replace("      default: []\n", ""));
    await expect(call()).rejects.toThrow("has an error");
    write(
      pipelinePath,
      goodFiles[pipelinePath]!.replace(
        "    - name: branch\n",
        "    - name: a.b\n      default: x\n    - name: branch\n",
      ),
    );
    write(
      "streams/edge.yaml",
      goodFiles["streams/edge.yaml"]!.replace("branch: master", "branch: master\n      a.b: y"),
    );
    await call();
    expect(process.exitCode).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("refuses a cluster that no stream names, and leaves what stands there", async () => {
    await call();
    await expect(call("--cluster", "labtop")).rejects.toThrow(
      'No stream or channel runs anything on the cluster "labtop". They name: laptop.',
    );
    expect(readdirSync(folder).sort()).toEqual(made);
    await call("--cluster", "laptop");
    expect(readdirSync(folder).sort()).toEqual(made);
  });

  test.each([
    ["--namespace", "Foo_Bar"],
    ["--namespace", "a.b"],
    ["--namespace", "n".repeat(64)],
    ["--listener", "a b"],
    ["--listener", "l".repeat(61)],
    ["--service-account", ""],
    ["--service-account", "a..b"],
  ])("refuses %s %j, which Kubernetes would not take", async (option, name) => {
    await expect(call(option, name)).rejects.toThrow("small letters, digits");
    expect(existsSync("tekton/triggers")).toBe(false);
  });

  test("takes every name that Kubernetes does", async () => {
    const namespace = "n".repeat(63);
    const listener = `1${"l".repeat(59)}`;
    await call("--namespace", namespace, "--listener", listener, "--service-account", "a.b-c");
    expect(readFileSync(`${folder}/kustomization.yaml`, "utf8")).toContain(namespace);
    expect(readFileSync(`${folder}/event-listener.yaml`, "utf8")).toContain(`name: ${listener}\n`);
    expect(readFileSync(`${folder}/build.trigger.yaml`, "utf8")).toContain("default: a.b-c\n");
  });
});
