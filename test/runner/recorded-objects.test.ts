import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { packageRoot } from "../../src/package-root.ts";
import { comparableObjects } from "../against-tekton/support/comparable-objects.ts";
import { runHere } from "../against-tekton/support/run-here.ts";

const recordings = join(packageRoot, "test/fixtures/tekton-objects");
const names = readdirSync(recordings).map((file) => file.replace(/\.json$/, ""));
const namespace = "okd-streams-recorded";

/** `same-end.test.ts` holds the recordings to a real Tekton. */
test.each(names)("%s is the object that Tekton made of it, with its children", async (name) => {
  const file = join(packageRoot, "test/against-tekton/runs", `${name}.yaml`);
  const { isolation, objects } = await runHere(file, namespace);
  const recorded: unknown = JSON.parse(readFileSync(join(recordings, `${name}.json`), "utf8"));
  // In plain processes the paths of steps are those of this machine.
  if (isolation === "process") return;
  expect(comparableObjects(objects, namespace)).toEqual(recorded);
});
