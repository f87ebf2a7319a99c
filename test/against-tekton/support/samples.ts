import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/package-root.ts";
import { rightPipelines, wrongPipelines } from "../../tekton/faults/pipeline-cases.ts";
import { rightPipelineRuns, taskRuns, wrongPipelineRuns } from "../../tekton/faults/run-cases.ts";
import { wrongTasks } from "../../tekton/faults/task-cases.ts";
import type { Sample } from "./verdicts.ts";

/** The cases of the static rules' own tests, each as a file. */
export function specSamples(): readonly Sample[] {
  return [
    ...ofKind("Task", wrongTasks),
    ...ofKind("Pipeline", [...wrongPipelines, ...rightPipelines]),
    ...ofKind("PipelineRun", [...wrongPipelineRuns, ...rightPipelineRuns]),
    ...ofKind("TaskRun", taskRuns),
  ];
}

function ofKind(
  kind: string,
  cases: readonly (readonly [string, string, ...string[]])[],
): Sample[] {
  return cases.map(([name, spec]) => ({
    name: `${kind}: ${name}`,
    text: `apiVersion: tekton.dev/v1\nkind: ${kind}\nmetadata:\n  name: example\nspec:\n${spec.trim().replace(/^(?=.)/gm, "  ")}\n`,
  }));
}

/** The wrong Tekton files of the corpus. */
export function corpusSamples(): readonly Sample[] {
  return filesBelow(join(packageRoot, "test/fixtures/corpus/wrong/tekton")).map(
    ({ name, text }) => ({ name: `corpus: ${name}`, text }),
  );
}

/** The pipelines and tasks of this repository. */
export function ownSamples(): readonly Sample[] {
  return ["pipelines", "tasks"].flatMap((folder) =>
    filesBelow(join(packageRoot, "tekton", folder)),
  );
}

/** Tekton's own examples; none where Go cannot say where the module lies. */
export function tektonExamples(): readonly Sample[] {
  const folder = join(moduleFolder("pipeline", "github.com/tektoncd/pipeline"), "examples", "v1");
  return filesBelow(folder);
}

function moduleFolder(component: string, module: string): string {
  try {
    return execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", module], {
      cwd: join(packageRoot, "test", "tekton-cluster", component),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "/nowhere";
  }
}

function filesBelow(folder: string): Sample[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.ya?ml$/.test(path))
    .sort()
    .map((path) => ({ name: path, text: readFileSync(join(folder, path), "utf8") }));
}
