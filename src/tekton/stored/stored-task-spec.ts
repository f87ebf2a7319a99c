import type { ContainerFields, Sidecar, Step, TaskSpec } from "../types.ts";
import { storedParamSpec, storedResultSpec } from "./stored-declarations.ts";
import { storedDuration } from "./stored-duration.ts";

/** Fields that Go writes even where they are empty. */
function storedContainer<T extends ContainerFields>(container: T): T {
  return { ...container, computeResources: container.computeResources ?? {} };
}

function storedStep(step: Step): Step {
  const { name = "", timeout } = step;
  return {
    ...storedContainer(step),
    name,
    ...(timeout !== undefined && { timeout: storedDuration(timeout) }),
  };
}

function storedSidecar(sidecar: Sidecar): Sidecar {
  return { ...storedContainer(sidecar), name: sidecar.name ?? "" };
}

/** A Task's spec as the API server keeps it, with what Tekton's webhook fills in. */
export function storedTaskSpec(spec: TaskSpec): TaskSpec {
  const { params, results, steps, stepTemplate, sidecars } = spec;
  return {
    ...spec,
    ...(params !== undefined && { params: params.map(storedParamSpec) }),
    ...(results !== undefined && { results: results.map(storedResultSpec) }),
    steps: steps.map(storedStep),
    ...(stepTemplate !== undefined && { stepTemplate: storedContainer(stepTemplate) }),
    ...(sidecars !== undefined && { sidecars: sidecars.map(storedSidecar) }),
  };
}
