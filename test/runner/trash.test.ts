import { expect, test } from "@jest/globals";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createStarter } from "../../src/runner/processes/create-starter.ts";
import { startReaper } from "../../src/runner/reaper.ts";
import { createTrash } from "../../src/runner/trash.ts";
import { temporaryDirectory } from "./helpers.ts";

test("what is discarded is gone at once, and removed for good when the trash is empty", async () => {
  const directory = await temporaryDirectory();
  const reaper = startReaper();
  const starter = createStarter(reaper);
  const trash = createTrash(directory, starter);
  const make = (name: string): string => {
    const folder = join(directory, name);
    mkdirSync(join(folder, "below"), { recursive: true });
    writeFileSync(join(folder, "below", "file"), "x");
    return folder;
  };
  const folders = ["a", "b", "c"].map(make);
  folders.forEach((folder) => trash.discard(folder));
  trash.discard(join(directory, "never made"));
  expect(folders.some(existsSync)).toBe(false);
  const emptied = trash.emptied();
  // Meanwhile another run goes on.
  trash.discard(make("d"));
  await emptied;
  await trash.emptied();
  expect(readdirSync(directory)).toEqual([]);
  await trash.emptied();
  await starter.close();
  reaper.close();
  rmSync(directory, { recursive: true });
});
