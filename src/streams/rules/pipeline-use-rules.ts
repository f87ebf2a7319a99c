import {
  bindingExample,
  elsewhereExample,
  paramExample,
  releaseExample,
} from "./pipeline-use-examples.ts";
import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

const failsAtTask = "The run would fail when the task starts.";
const onePullSpec = "      value: $(tasks.assemble.results.pull-spec)\n";

/** Rules of a Pipeline against the Tasks it refers to, and of streams against what their pipelines really do. */
export const pipelineUseRules = {
  "task-param-type": {
    ...error,
    what: "A pipeline gives a task a value of another type than the task declares, or an object without all its keys.",
    why: failsAtTask,
    mend: "Give a value of the declared type; a whole array or object is `$(params.NAME[*])`.",
    example: paramExample("  params:\n    - name: flags\n      type: array\n", "flags", {
      wrong: "--all",
      right: "[--all]",
    }),
  },
  "task-param-value": {
    ...error,
    what: "A pipeline gives a task a value that the task does not allow, or fewer entries than it uses.",
    why: failsAtTask,
    mend: "Give an allowed value. A parameter of the pipeline may allow no more than the task that takes it.",
    example: paramExample("  params:\n    - name: mode\n      enum: [fast, full]\n", "mode", {
      wrong: "quick",
      right: "fast",
    }),
  },
  "task-workspace-unknown": {
    ...error,
    what: "A pipeline binds a workspace that the task does not declare.",
    why: failsAtTask,
    mend: "Correct the name, or declare the workspace in the task.",
    example: bindingExample({ name: "sources" }, { name: "source" }),
  },
  "task-workspace-missing": {
    ...error,
    what: "A pipeline does not bind a workspace that a task needs.",
    why: failsAtTask,
    mend: "Bind it under `workspaces` of the task in the pipeline, or make it optional in the Task.",
    example: bindingExample({}, { name: "source" }),
  },
  "task-workspace-optional": {
    ...error,
    what: "An optional workspace of a pipeline is bound to one that a task needs.",
    why: "Tekton refuses such a pipeline when the build starts, also where the workspace is there.",
    mend: "Make both optional, or neither.",
    example: bindingExample(
      { name: "source", pipelineIsOptional: true },
      { name: "source", pipelineIsOptional: true, taskIsOptional: true },
    ),
  },
  "pipeline-elsewhere-invalid": {
    ...error,
    what: "A pipeline or task of another repository is no valid one, or does not agree with its tasks.",
    why: "The run could not start, or would fail on its way.",
    mend: "Name a commit where it is right; the finding says what is wrong there, and where.",
    example: elsewhereExample({ commit: "wrong" }),
  },
  "param-beyond-pipeline": {
    ...warning,
    what: "A parameter is not declared by a pipeline of another repository, nor near any that is.",
    why: "Tekton ignores it. Only a trigger on the cluster can make something of it, such as the name of a claim.",
    mend: "Remove it, unless the trigger reads it.",
    example: elsewhereExample({ params: { branch: "master", claimname: "build-pvc" } }),
  },
  "release-result-type": {
    ...error,
    what: "A release is taken from a result that is an array or an object.",
    why: "A pull spec and a digest are one string each: a successful build would give no release.",
    mend: "Name a result that is a string.",
    example: releaseExample(
      { result: "      type: array\n      value: $(tasks.assemble.results.pull-specs[*])\n" },
      { result: onePullSpec },
    ),
  },
  "release-result-skipped": {
    ...warning,
    what: "A release is taken from the result of a task that may be skipped, or whose failure is ignored.",
    why: "The build would succeed without that task, and give no release.",
    mend: "Take the result from a task that always runs, or give the parameters with which this one does.",
    example: releaseExample(
      { result: onePullSpec, more: "      onError: continue\n" },
      { result: onePullSpec },
    ),
  },
} as const satisfies Record<string, Rule>;
