import { substituteDeep } from "../tekton/substitute-deep.ts";
import { substituteText, type Variables } from "../tekton/substitute.ts";
import type { Step, TaskSpec, WorkspaceDeclaration } from "../tekton/types.ts";
import type { Isolation } from "./isolation/types.ts";
import { stepVariables } from "./steps/step-variables.ts";
import type { RunnableStep, RunnableTaskSpec, TaskPod } from "./task-pod.ts";

/** Without what only the runner notes of a StepAction. */
function shownStep({ declares, params, ...step }: RunnableStep): Step {
  return { ...step, ...(declares === undefined && params !== undefined && { params }) };
}

/** A Task as its TaskRun's status shows it before there is a pod: with its StepActions, and no variable filled in. */
export function writtenSpec(spec: RunnableTaskSpec): TaskSpec {
  return { ...spec, steps: spec.steps.map(shownStep) };
}

/** Those that only the run names stand there too. */
function shownWorkspaces({
  spec,
  workspaces,
  variables,
}: TaskPod): readonly WorkspaceDeclaration[] {
  const declared = (spec.workspaces ?? []).map(({ mountPath, ...workspace }) => ({
    ...workspace,
    ...(mountPath !== undefined && { mountPath: substituteText(mountPath, variables) }),
  }));
  const names = new Set(declared.map(({ name }) => name));
  return [...declared, ...workspaces.flatMap(({ name }) => (names.has(name) ? [] : [{ name }]))];
}

/** The same of a pod: with all variables filled in but for the results of its steps. */
export function shownSpec(pod: TaskPod, isolation: Isolation): TaskSpec {
  const { spec, variables } = pod;
  const none: Variables = new Map();
  const { steps, stepTemplate, sidecars, volumes } = spec;
  const workspaces = shownWorkspaces(pod);
  return {
    ...spec,
    steps: steps.map((step, index) => {
      const own = stepVariables(pod, index, step, none, isolation);
      return substituteDeep(shownStep(step), own);
    }),
    ...(stepTemplate !== undefined && { stepTemplate: substituteDeep(stepTemplate, variables) }),
    ...(sidecars !== undefined && { sidecars: substituteDeep(sidecars, variables) }),
    ...(volumes !== undefined && { volumes: substituteDeep(volumes, variables) }),
    ...(workspaces.length > 0 && { workspaces }),
  };
}
