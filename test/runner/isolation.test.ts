import { afterEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { mountFlags } from "../../src/runner/isolation/mount-flags.ts";
import { podmanIsolation } from "../../src/runner/isolation/podman-isolation.ts";
import { shellQuoted } from "../../src/runner/isolation/shell-quoted.ts";
import { temporaryDirectory } from "./helpers.ts";

const directories: string[] = [];
afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true });
});

test("a shell reads a quoted text as it was", () => {
  const word = fc.string().filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(word, (text) => {
      const script = `printf %s ${shellQuoted(text)}`;
      expect(execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" })).toBe(text);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["/home/me/x", ["nosuid", "nodev"]],
  ["/home/me", ["nosuid", "nodev"]],
  ["/homes", ["noexec"]],
  ["/with space/f", ["nodev"]],
])(
  "the flags that a remount of %s has to keep are those of the mount that holds it",
  (path, flags) => {
    const text = [
      "1 0 8:1 / / rw,noexec - ext4 /dev/a rw",
      "2 1 8:2 / /home rw,relatime - ext4 /dev/b rw",
      "3 1 8:2 / /home rw,nosuid,nodev,relatime - ext4 /dev/c rw",
      "4 1 8:3 / /with\\040space rw,nodev - ext4 /dev/d rw",
      "",
    ].join("\n");
    expect(mountFlags(text)(path)).toEqual(flags);
  },
);

test("podman gets no value of a variable in its command line, and keeps its own environment", async () => {
  const scratch = join(await temporaryDirectory(), "scratch");
  directories.push(join(scratch, ".."));
  await mkdir(scratch);
  const { argv, environment } = podmanIsolation().launch({
    name: "step-s",
    image: "registry/image",
    command: ["/tekton/scripts/script-step-s"],
    args: ["-x"],
    directory: "/workspace",
    environment: { TOKEN: "t0p-secret", HOME: "/tekton/home" },
    mounts: [{ source: "/here", target: "/there", readOnly: true }],
    scratch,
  });
  expect(argv.join(" ")).not.toContain("t0p-secret");
  expect(environment["TOKEN"]).toBe("t0p-secret");
  expect(environment["HOME"]).toBe(process.env["HOME"]);
  expect(await readFile(join(scratch, "step-s.env"), "utf8")).toBe("HOME=/tekton/home\n");
  expect(argv.slice(-4)).toEqual([
    "--entrypoint",
    '["/tekton/scripts/script-step-s"]',
    "registry/image",
    "-x",
  ]);
  expect(argv).toContain("/here:/there:ro");
});
