import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Isolation } from "./isolation/types.ts";
import type { TaskWork } from "./run-task.ts";
import { stepContainer } from "./steps/step-name.ts";
import type { TaskDirectories } from "./task-pod.ts";

/** What leads to the rarer directories, as it stands in a spec: variables, and the path of a `workingDir`. */
const rarePaths = /exitCode|credentials|artifacts|step\.results|\/tekton\//;

/**
 * Whether a step could find every directory that Tekton has. A plain process finds none that no variable leads to, and
 * to make them takes longer than most steps.
 */
function findsAll({ task, spec }: TaskWork, kind: Isolation["kind"]): boolean {
  return kind !== "process" || rarePaths.test(JSON.stringify([task.spec, spec]));
}

/**
 * Makes the directories of one attempt below `root`, those of Tekton that its steps could find. All at once: waiting for
 * each would take longer than making it.
 */
export function makeDirectories(
  root: string,
  work: TaskWork,
  kind: Isolation["kind"],
): TaskDirectories {
  const { results = [], steps } = work.task.spec;
  const tekton = join(root, "tekton");
  const workspace = join(root, "workspace");
  const scratch = join(root, "scratch");
  mkdirSync(dirname(root), { recursive: true });
  mkdirSync(root);
  mkdirSync(workspace);
  if (!findsAll(work, kind)) {
    const home = join(root, "home");
    mkdirSync(home);
    if (results.length > 0) mkdirSync(join(tekton, "results"), { recursive: true });
    return { tekton, home, scripts: root, workspace, scratch, hasStatuses: false };
  }
  const all = ["", "results", "steps", "scripts", "home", "creds", "artifacts", "run"];
  for (const name of all) mkdirSync(join(tekton, name));
  for (const [index, step] of steps.entries()) {
    const own = join(tekton, "run", String(index));
    for (const path of ["", "status", "status/results", "status/artifacts"]) {
      mkdirSync(join(own, path));
    }
    for (const name of [stepContainer(step, index), String(index)]) {
      symlinkSync(`../run/${index}/status`, join(tekton, "steps", name));
    }
  }
  const [home, scripts] = [join(tekton, "home"), join(tekton, "scripts")];
  return { tekton, home, scripts, workspace, scratch, hasStatuses: true };
}
