import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import * as z from "zod";
import { waitFor } from "../../src/demo/wait-for.ts";
import { packageRoot } from "../../src/package-root.ts";
import { apartOf } from "./support/apart-of.ts";
import { comparableObjects } from "./support/comparable-objects.ts";
import { otherEnds, ownWords } from "./support/other-ends.ts";
import { otherObjects } from "./support/other-objects.ts";
import { runEnds, withoutMessages } from "./support/run-ends.ts";
import { runHere } from "./support/run-here.ts";
import { kubectl, renewNamespace } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespace = "okd-streams-ends";
const folder = join(packageRoot, "test/against-tekton/runs");
const recordings = join(packageRoot, "test/fixtures/tekton-objects");
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ""));

const kubernetesList = z.object({
  items: z.array(
    z.looseObject({
      kind: z.string(),
      metadata: z.looseObject({ name: z.string() }),
      status: z.looseObject({ completionTime: z.string().optional() }).prefault({}),
    }),
  ),
});

/** Every name of a run's children begins with its own; the case of another begins otherwise. */
async function onTekton(name: string, file: string): Promise<readonly unknown[]> {
  const documents = parseAllDocuments(readFileSync(file, "utf8")).map((one) =>
    z.unknown().parse(one.toJS()),
  );
  const [run, ...beside] = documents;
  for (const object of beside) {
    await kubectl(["apply", "-n", namespace, "-f", "-"], JSON.stringify(object));
  }
  await kubectl(["create", "-n", namespace, "-f", "-"], JSON.stringify(run));
  const objects = await waitFor(
    `${name} has ended on Tekton`,
    async () => {
      const get = ["get", "pipelineruns,taskruns", "-n", namespace, "-o", "json"];
      const { items } = kubernetesList.parse(JSON.parse(await kubectl(get)));
      const own = items.filter(
        ({ metadata }) => metadata.name === name || metadata.name.startsWith(`${name}-`),
      );
      const itself = own.find(({ metadata }) => metadata.name === name);
      return itself?.status.completionTime === undefined ? undefined : own;
    },
    { timeoutMs: minute, everyMs: 300 },
  );
  await kubectl(["delete", "-n", namespace, "pipelineruns,taskruns", "--all", "--wait=false"]);
  return objects;
}

/** Kept for the test of the runner that has no Tekton to ask; RECORD_TEKTON writes them anew. */
function recordedObjects(name: string, theirs: readonly unknown[]): unknown {
  const file = join(recordings, `${name}.json`);
  if (process.env["RECORD_TEKTON"] === "yes") {
    writeFileSync(file, `${JSON.stringify(comparableObjects(theirs, namespace), undefined, 2)}\n`);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

describe("the local runner ends runs as Tekton's controller does", () => {
  beforeAll(() => renewNamespace(namespace), minute);

  describe.each(names)("%s", (name) => {
    let theirs: readonly unknown[] = [];
    let ours: readonly unknown[] = [];
    beforeAll(async () => {
      const file = join(folder, `${name}.yaml`);
      theirs = await onTekton(name, file);
      ours = (await runHere(file, namespace)).objects;
    }, 2 * minute);

    test("ends the same", () => {
      const here = runEnds(ours, namespace);
      const there = runEnds(theirs, namespace);
      if (otherEnds[name] !== undefined) {
        expect(withoutMessages(here)).not.toEqual(withoutMessages(there));
      } else if (ownWords[name] === undefined) expect(here).toEqual(there);
      else {
        expect(withoutMessages(here)).toEqual(withoutMessages(there));
        expect(here).not.toEqual(there);
      }
    });

    if (name.includes("-shape")) {
      test("is as recorded", () => {
        expect(comparableObjects(theirs, namespace)).toEqual(recordedObjects(name, theirs));
      });
    }

    test("is the same object", () => {
      const apart = apartOf(name);
      const there = comparableObjects(theirs, namespace, apart);
      expect(comparableObjects(ours, namespace, apart)).toEqual(there);
      for (const { at } of otherObjects[name] ?? []) {
        const others = apart.filter((one) => one !== at);
        const differs = comparableObjects(theirs, namespace, others);
        expect(comparableObjects(ours, namespace, others)).not.toEqual(differs);
      }
    });
  });

  test("and every difference that is listed has its case", () => {
    const listed = Object.keys({ ...otherEnds, ...ownWords, ...otherObjects });
    expect(names).toEqual(expect.arrayContaining(listed));
  });
});
