import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { parseAllDocuments, stringify } from "yaml";
import * as z from "zod";
import { readWanted } from "../../src/cli/run/read-wanted.ts";
import { waitFor } from "../../src/demo/wait-for.ts";
import { packageRoot } from "../../src/package-root.ts";
import { unwrap } from "../../src/problem.ts";
import type { StoredObject } from "../../src/runner/object-store.ts";
import { startEngine } from "../../src/runner/start-engine.ts";
import { otherEnds, ownWords } from "./support/other-ends.ts";
import { runEnds, withoutMessages, type RunEnd } from "./support/run-ends.ts";
import { kubectl, renewNamespace } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespace = "okd-streams-ends";
const folder = join(packageRoot, "test/against-tekton/runs");
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ""));

type Ends = Readonly<Record<string, RunEnd>>;
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
async function onTekton(name: string, file: string): Promise<Ends> {
  const documents = parseAllDocuments(readFileSync(file, "utf8")).map((one) =>
    z.unknown().parse(one.toJS()),
  );
  const [run, ...beside] = documents;
  for (const object of beside) {
    await kubectl(["apply", "-n", namespace, "-f", "-"], stringify(object));
  }
  await kubectl(["create", "-n", namespace, "-f", "-"], stringify(run));
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
  return runEnds(objects, namespace);
}

async function onThisMachine(file: string): Promise<Ends> {
  const stateDirectory = mkdtempSync(join(tmpdir(), "okd-streams-ends-"));
  const wanted = await readWanted(undefined, { filename: [file], param: [], workspace: [] });
  const engine = startEngine({ ...wanted, stateDirectory, namespace });
  for (const object of wanted.definitions) engine.apply(object);
  for (const run of wanted.runs) {
    const created = unwrap<StoredObject>(
      run.kind === "PipelineRun" ? engine.createPipelineRun(run) : engine.createTaskRun(run),
    );
    await engine.finished(created.metadata.name);
  }
  const { pipelineRuns, taskRuns } = engine.store;
  const ends = runEnds([...pipelineRuns.list(), ...taskRuns.list()], namespace);
  await engine.close();
  rmSync(stateDirectory, { recursive: true, force: true });
  return ends;
}

describe("the local runner ends runs as Tekton's controller does", () => {
  beforeAll(() => renewNamespace(namespace), minute);

  test.each(names)(
    "%s",
    async (name) => {
      const file = join(folder, `${name}.yaml`);
      const theirs = await onTekton(name, file);
      const ours = await onThisMachine(file);
      if (otherEnds[name] !== undefined)
        expect(withoutMessages(ours)).not.toEqual(withoutMessages(theirs));
      else if (ownWords[name] === undefined) expect(ours).toEqual(theirs);
      else {
        expect(withoutMessages(ours)).toEqual(withoutMessages(theirs));
        expect(ours).not.toEqual(theirs);
      }
    },
    2 * minute,
  );

  test("and every difference that is listed has its case", () => {
    expect(names).toEqual(expect.arrayContaining(Object.keys({ ...otherEnds, ...ownWords })));
  });
});
