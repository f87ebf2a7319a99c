import { placedTasks } from "../../tekton/faults/placed-task.ts";
import { taskUseFaults } from "../../tekton/faults/task-use-faults.ts";
import type { Pipeline } from "../../tekton/types.ts";
import { quoted } from "../../quoted.ts";
import { describeGitFile } from "../elsewhere/git-file.ts";
import type { GitFile } from "../elsewhere/git-file.ts";
import { knowTask } from "../elsewhere/know-task.ts";
import type { KnownTask } from "../elsewhere/know-task.ts";
import { placed } from "../elsewhere/read-elsewhere.ts";
import type { ObjectElsewhere } from "../elsewhere/read-elsewhere.ts";
import type { RuleId } from "../rules/rules.ts";
import type { StreamSurroundings } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake, MistakeText } from "./mistake.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";
import { faultMistakes } from "./tekton-files/fault-mistakes.ts";

interface NamedTask {
  readonly name: string;
  readonly known: KnownTask;
}

/**
 * A pipeline of another repository with the tasks that it names. Its mistakes can't be shown where they stand, so they
 * are told where the pipeline is named, in one finding; what can't be verified is another.
 */
export function checkPipelineElsewhere(
  around: StreamSurroundings,
  { source, at }: PipelineUseSite,
  file: GitFile,
  pipeline: ObjectElsewhere<"pipeline", Pipeline>,
): Mistake[] {
  const { spec } = pipeline.object.value;
  const tasks = placedTasks(spec, []).map(({ task }): NamedTask => {
    return { name: task.name, known: knowTask(task, around, false) };
  });
  const faults = taskUseFaults(spec, ["spec"], (task) => {
    const known = knowTask(task, around, false);
    return "spec" in known ? known.spec : undefined;
  });
  const wrong = [
    ...[...pipeline.mistakes, ...faultMistakes(pipeline.object.source, faults)].map((mistake) =>
      placed(mistake, mistake.message),
    ),
    ...tasks.flatMap(wrongOfTask),
  ];
  const tell = (rule: RuleId, text: MistakeText | undefined): Mistake[] =>
    text === undefined
      ? []
      : [mistakeAt(source, rule, [...at, "pipelineRef", "git", "path"], "value", text)];
  return [
    ...tell("pipeline-elsewhere-invalid", wrongText(file, wrong)),
    ...tell("pipeline-on-cluster", onClusterText(tasks)),
    ...tell("pipeline-elsewhere", unknownText(tasks)),
  ];
}

/** What makes a task elsewhere fail, each as the end of a sentence. */
function wrongOfTask({ name, known }: NamedTask): readonly string[] {
  const task = (file: GitFile) => `its task ${quoted(name)}, ${describeGitFile(file)}`;
  if (known.kind === "unusable") return [`${task(known.file)}: ${known.reason}.`];
  if (known.kind !== "elsewhere") return [];
  return known.mistakes.map(
    (mistake) => `${task(known.file)}, ${placed(mistake, mistake.message)}`,
  );
}

function wrongText(file: GitFile, wrong: readonly string[]): MistakeText | undefined {
  const [first, ...others] = wrong;
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` (${others.length} more like this)`;
  return {
    message: `${describeGitFile(file)} is wrong, ${first}${more}`,
    help: "Name a commit where it is right.",
  };
}

function onClusterText(tasks: readonly NamedTask[]): MistakeText | undefined {
  const names = tasks.flatMap(({ name, known }) => (known.kind === "on-cluster" ? [name] : []));
  if (names.length === 0) return undefined;
  return {
    message: `These tasks of the pipeline are only on the cluster and are not verified: ${names.join(", ")}.`,
    help: "Prefer a pipeline whose tasks stand in git, at a full commit.",
  };
}

function unknownText(tasks: readonly NamedTask[]): MistakeText | undefined {
  const unknown = tasks.flatMap(({ name, known }) =>
    known.kind === "unknown" ? [{ ...known, name }] : [],
  );
  const [first] = unknown;
  if (first === undefined) return undefined;
  const names = unknown.map(({ name }) => name).join(", ");
  return {
    message: `These tasks of the pipeline are not verified: ${names}. ${first.reason}`,
    help: first.help,
  };
}
