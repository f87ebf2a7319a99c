import { runParamFaults } from "../../../tekton/faults/run-param-faults.ts";
import { runTaskFaults } from "../../../tekton/faults/run-task-faults.ts";
import { workspaceBindingFaults } from "../../../tekton/faults/workspace-binding-faults.ts";
import type {
  ObjectRef,
  Param,
  ParamSpec,
  WorkspaceBinding,
  WorkspaceDeclaration,
} from "../../../tekton/types.ts";
import type { SourceDocument } from "../../../yaml/types.ts";
import { quoted } from "../../../quoted.ts";
import { nearestName, suggestName } from "../../../suggest-name.ts";
import { replaceValue } from "../../../yaml/node-fix.ts";
import { isTemplated } from "../../tekton-files/is-templated.ts";
import { nearby } from "../../tekton-files/nearby.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { faultMistakes } from "./fault-mistakes.ts";

interface Callee {
  /** Such as `The pipeline "build"`. */
  readonly what: string;
  readonly params?: readonly ParamSpec[];
  readonly workspaces?: readonly WorkspaceDeclaration[];
}

interface Caller {
  readonly params?: readonly Param[];
  readonly workspaces?: readonly WorkspaceBinding[];
}

/** Runs, also those that TriggerTemplates make, against the Pipeline or Task that they name. */
export function checkRuns(objects: TektonObjects): Mistake[] {
  const pipelineOf = nearby(objects.pipelines);
  const taskOf = nearby(objects.tasks);
  const { pipelineRuns, templatePipelineRuns, taskRuns, templateTaskRuns } = objects;
  const ofPipelines = [...pipelineRuns, ...templatePipelineRuns].flatMap((run) => {
    const ref = run.value.spec.pipelineRef;
    const name = nameIn(ref);
    if (name === undefined) return [];
    const pipeline = pipelineOf(name, run.path);
    if (pipeline === undefined) return [unverified(run.source, "pipelineRef", name, "Pipeline")];
    const callee = { what: `The pipeline ${quoted(name)}`, ...pipeline.value.spec };
    const whole = { ...run.value.spec, pipelineSpec: pipeline.value.spec };
    const ofTasks = runTaskFaults(whole).filter(({ path }) => path[1] === "taskRunSpecs");
    return [
      ...checkCall(run.source, run.value.spec, callee),
      ...faultMistakes(run.source, ofTasks),
    ];
  });
  const ofTasks = [...taskRuns, ...templateTaskRuns].flatMap((run) => {
    const name = nameIn(run.value.spec.taskRef);
    if (name === undefined) return [];
    const task = taskOf(name, run.path);
    if (task === undefined) return [unverified(run.source, "taskRef", name, "Task")];
    const callee = { what: `The task ${quoted(name)}`, ...task.value.spec };
    return checkCall(run.source, run.value.spec, callee);
  });
  return [...ofPipelines, ...ofTasks];
}

/** The name of a Pipeline or Task that the namespace is to have; undefined for everything else. */
function nameIn(ref: ObjectRef | undefined): string | undefined {
  const isByName = ref?.resolver === undefined && ref?.kind !== "ClusterTask";
  return isByName && ref?.name !== undefined && !ref.name.includes("$(") ? ref.name : undefined;
}

function unverified(
  source: SourceDocument,
  field: "pipelineRef" | "taskRef",
  name: string,
  kind: string,
): Mistake {
  return mistakeAt(source, "pipeline-on-cluster", ["spec", field], "key", {
    message: `There is no ${kind} ${quoted(name)} among the files: the run is not verified.`,
    help: `Validate it together with the file of that ${kind}.`,
  });
}

function checkCall(source: SourceDocument, run: Caller, callee: Callee): Mistake[] {
  const faults = [
    ...runParamFaults(run.params, callee, callee.what),
    ...workspaceBindingFaults(run.workspaces, callee.workspaces),
  ].filter(({ path }) => !isTemplated(source.value, path));
  return [...faultMistakes(source, faults), ...checkBindings(source, run, callee)];
}

/** A misspelt name is told once, as the workspace that is not bound. */
function checkBindings(source: SourceDocument, run: Caller, callee: Callee): Mistake[] {
  const names = (callee.workspaces ?? []).map(({ name }) => name);
  const bound = (run.workspaces ?? []).map(({ name }) => name);
  const required = (callee.workspaces ?? []).filter(({ optional }) => optional !== true);
  const unbound = required.map(({ name }) => name).filter((name) => !bound.includes(name));
  return bound.flatMap((name, index) => {
    if (names.includes(name) || nearestName(name, unbound) !== undefined) return [];
    const path = ["spec", "workspaces", index, "name"];
    const meant = nearestName(name, names);
    return [
      mistakeAt(source, "run-workspace-unknown", path, "value", {
        message: `${callee.what} declares no workspace ${quoted(name)}.`,
        help: suggestName(name, names, "workspace"),
        ...(meant !== undefined && { fix: replaceValue(path, meant) }),
      }),
    ];
  });
}
