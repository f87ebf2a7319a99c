import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { claimFolder } from "../../src/server/claim-folder.ts";
import { createSharedMemory } from "../support/shared-memory.ts";

const atOnce = { retries: 0, pauseMs: 0 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "okd-streams-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("keeps a folder for one process, and leaves it to the next", async () => {
  const process = createSharedMemory();
  const [one, other] = [process(), process()];
  await claimFolder(one, folder, atOnce);
  await expect(claimFolder(other, folder, atOnce)).rejects.toMatchObject({
    problem: { kind: "conflict", where: folder },
  });
  const waiting = claimFolder(other, folder, { retries: 100, pauseMs: 5 });
  await one.close();
  await waiting;
  expect(readdirSync(folder)).toHaveLength(1);
});
