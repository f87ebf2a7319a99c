import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { Param, PipelineRun, TaskRun, WorkspaceBinding } from "../types.ts";
import { caselessDuplicateFaults, duplicateFaults } from "./duplicate-faults.ts";
import { pipelineSpecFaults } from "./pipeline-faults.ts";
import { variablesOfParams } from "./pipeline-strings.ts";
import { oneOfFaults, referenceFaults } from "./reference-faults.ts";
import { runParamFaults } from "./run-param-faults.ts";
import { runTaskFaults } from "./run-task-faults.ts";
import { taskSpecFaults } from "./task-spec-faults.ts";
import type { Inherited } from "./task-spec-faults.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { durationFaults, timeoutsFaults } from "./timeout-faults.ts";
import { declaredByValue } from "./value-use.ts";
import { variableFault } from "./variable-fault.ts";
import { workspaceBindingFaults } from "./workspace-binding-faults.ts";

const theRun = { what: "The run", name: { path: ["spec"], part: "key" } } as const;

/** What Tekton would refuse in a PipelineRun, and what could not work when it runs. */
export function pipelineRunFaults({ metadata, spec }: PipelineRun): TektonFault[] {
  const { pipelineRef, pipelineSpec } = spec;
  return [
    ...nameFaults(metadata),
    ...oneOfFaults(spec, ["pipelineRef", "pipelineSpec"], ["spec"], theRun),
    ...(pipelineRef === undefined ? [] : referenceFaults(pipelineRef, ["spec", "pipelineRef"])),
    ...caselessDuplicateFaults(spec.params, ["spec", "params"], "parameter"),
    ...resultsInParams(spec.params),
    ...duplicateFaults(spec.workspaces, ["spec", "workspaces"], "workspace"),
    ...workspaceBindingFaults(spec.workspaces, pipelineSpec?.workspaces),
    ...timeoutsFaults(spec.timeouts, ["spec", "timeouts"]),
    ...runTaskFaults(spec),
    ...(pipelineSpec === undefined
      ? []
      : [
          ...runParamFaults(spec.params, pipelineSpec),
          ...pipelineSpecFaults(pipelineSpec, ["spec", "pipelineSpec"], handedOn(spec)),
        ]),
  ];
}

/** What Tekton would refuse in a TaskRun, and what could not work when it runs. */
export function taskRunFaults({ metadata, spec }: TaskRun): TektonFault[] {
  const { taskRef, taskSpec } = spec;
  return [
    ...nameFaults(metadata),
    ...oneOfFaults(spec, ["taskRef", "taskSpec"], ["spec"], theRun),
    ...(taskRef === undefined ? [] : referenceFaults(taskRef, ["spec", "taskRef"])),
    ...caselessDuplicateFaults(spec.params, ["spec", "params"], "parameter"),
    ...caselessDuplicateFaults(spec.workspaces, ["spec", "workspaces"], "workspace"),
    ...workspaceBindingFaults(spec.workspaces, taskSpec?.workspaces),
    ...durationFaults(spec.timeout, ["spec", "timeout"]),
    ...statusMessageFaults(spec),
    ...(taskSpec === undefined
      ? []
      : [
          ...runParamFaults(spec.params, taskSpec),
          ...taskSpecFaults(taskSpec, ["spec", "taskSpec"], handedOn(spec)),
        ]),
  ];
}

/** What an embedded spec may use without declaring it. */
function handedOn({
  params = [],
  workspaces = [],
}: {
  readonly params?: readonly Param[];
  readonly workspaces?: readonly WorkspaceBinding[];
}): Inherited {
  return {
    params: params.map(declaredByValue),
    workspaces: workspaces.map(({ name }) => name),
  };
}

function nameFaults({ name, generateName }: PipelineRun["metadata"]): TektonFault[] {
  if (name !== undefined || generateName !== undefined) return [];
  return [
    {
      rule: "tekton-missing-field",
      path: ["metadata"],
      part: "key",
      message: "The run has no name.",
      help: "Add `generateName`, from which each run gets a name of its own, or `name`.",
    },
  ];
}

function resultsInParams(params: readonly Param[] | undefined): TektonFault[] {
  return variablesOfParams(params, ["spec", "params"]).flatMap((use) => {
    const [root, , field] = use.variable.parts;
    if ((root !== "tasks" && root !== "finally") || field !== "results") return [];
    return [
      variableFault("variable-misplaced", use, {
        message: `${quoted(use.variable.written)} is not known before the run starts.`,
        help: "Use the result in the params of a task of the pipeline.",
      }),
    ];
  });
}

function statusMessageFaults({ status, statusMessage }: TaskRun["spec"]): TektonFault[] {
  if ((statusMessage ?? "") === "" || (status ?? "") !== "") return [];
  const path: NodePath = ["spec", "statusMessage"];
  return [
    {
      rule: "tekton-invalid",
      path,
      part: "key",
      message: "There is a `statusMessage` without a `status`.",
      help: "Remove it, or add `status: TaskRunCancelled`.",
    },
  ];
}
