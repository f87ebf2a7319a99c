import { substituteText } from "../../tekton/substitute.ts";
import type { Isolation } from "../isolation/types.ts";
import type { TaskPod } from "../task-pod.ts";
import { applyTemplate } from "./apply-template.ts";
import { stepName } from "./step-name.ts";

/**
 * Brings the images of a pod here before any of its containers starts, as a kubelet does. Gives Tekton's own words for
 * the first that can't be had. An image that only a step before it names is left to its step.
 */
export async function fetchImages(
  { fetchImage }: Isolation,
  { spec, variables }: TaskPod,
  taskRun: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (fetchImage === undefined) return undefined;
  const steps = spec.steps.map((step) => applyTemplate(step, spec.stepTemplate, variables));
  const images = [
    ...steps.map((step, index) => ({ kind: "step", ...step, name: stepName(step, index) })),
    ...(spec.sidecars ?? []).map((sidecar, index) => {
      return { kind: "sidecar", ...sidecar, name: stepName(sidecar, index) };
    }),
  ];
  for (const { kind, name, image: written = "" } of images) {
    const image = substituteText(written, variables);
    if (image === "" || image.includes("$(")) continue;
    const refusal = await fetchImage(image, signal);
    if (signal.aborted) return undefined;
    if (refusal === undefined) continue;
    return `the ${kind} "${name}" in TaskRun "${taskRun}" failed to pull the image "${image}". The pod errored with the message: "${refusal}."`;
  }
  return undefined;
}
