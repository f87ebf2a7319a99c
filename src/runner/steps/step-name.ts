import type { Sidecar, Step } from "../../tekton/types.ts";

/** The name that a step goes by: its own, or one that counts. */
export function stepName({ name }: Pick<Step, "name">, index: number): string {
  return name === undefined || name === "" ? `unnamed-${index}` : name;
}

/** The name of the container that a step becomes. */
export function stepContainer(step: Pick<Step, "name">, index: number): string {
  return `step-${stepName(step, index)}`;
}

/** The same for a sidecar. */
export function sidecarContainer(sidecar: Pick<Sidecar, "name">, index: number): string {
  return `sidecar-${stepName(sidecar, index)}`;
}
