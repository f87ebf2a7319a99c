import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readWanted } from "../../../src/cli/run/read-wanted.ts";
import { unwrap } from "../../../src/problem.ts";
import type { StoredObject } from "../../../src/runner/object-store.ts";
import { startEngine } from "../../../src/runner/start-engine.ts";

/** What the runs of a file, and their children, have become on this machine, each after the other; and how isolated. */
export async function runHere(
  file: string,
  namespace: string,
): Promise<{ readonly isolation: string; readonly objects: readonly StoredObject[] }> {
  const stateDirectory = mkdtempSync(join(tmpdir(), "okd-streams-runs-"));
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
  const objects = [...pipelineRuns.list(), ...taskRuns.list()];
  await engine.close();
  rmSync(stateDirectory, { recursive: true, force: true });
  return { isolation: engine.isolation, objects };
}
