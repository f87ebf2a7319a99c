import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { packageRoot } from "../../src/package-root.ts";
import { apartOf } from "../against-tekton/support/apart-of.ts";
import { comparableObjects } from "../against-tekton/support/comparable-objects.ts";
import { runHere } from "../against-tekton/support/run-here.ts";

const recordings = join(packageRoot, "test/fixtures/tekton-objects");
const names = readdirSync(recordings).map((file) => file.replace(/\.json$/, ""));
const namespace = "okd-streams-recorded";

/** `same-end.test.ts` holds the recordings to a real Tekton. */
test.each(names)("%s is the object that Tekton made of it, with its children", async (name) => {
  const file = join(packageRoot, "test/against-tekton/runs", `${name}.yaml`);
  const { isolation, objects } = await runHere(file, namespace);
  const text = readFileSync(join(recordings, `${name}.json`), "utf8");
  const recorded = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  // In plain processes the paths of steps are those of this machine.
  if (isolation === "process") return;
  const apart = apartOf(name);
  const theirs = comparableObjects(Object.values(recorded), namespace, apart);
  expect(comparableObjects(objects, namespace, apart)).toEqual(theirs);
});
