import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { packageRoot } from "../../src/package-root.ts";

test("a command whose output nobody reads any more ends without a word", async () => {
  const main = join(packageRoot, "lib/cli/main.js");
  const child = spawn(process.execPath, [main, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  child.stdout.destroy();
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  await closed;
  expect(said).toBe("");
  expect(child.exitCode).toBe(141);
});
