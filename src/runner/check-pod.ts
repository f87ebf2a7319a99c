import { describeProblem } from "../problem.ts";
import { substituteText, type Variables } from "../tekton/substitute.ts";
import type { ContainerFields } from "../tekton/types.ts";
import { failure } from "./conditions.ts";
import type { Isolation } from "./isolation/types.ts";
import { applyTemplate } from "./steps/apply-template.ts";
import { containerEnvironment } from "./steps/container-environment.ts";
import { sidecarContainer, stepContainer } from "./steps/step-name.ts";
import { stepVariables } from "./steps/step-variables.ts";
import type { TaskPod } from "./task-pod.ts";
import type { Outcome } from "./types.ts";

const errorModes = ["", "continue", "stopAndFail"];

/** Tekton's words for a step whose onError has become something else than it may be. */
function wrongErrorMode({ spec, variables }: TaskPod, taskRun: string): string | undefined {
  const modes = spec.steps.map(({ onError = "" }) => substituteText(onError, variables));
  const index = modes.findIndex((mode) => !errorModes.includes(mode));
  if (index < 0) return undefined;
  return `failed to create task run pod "${taskRun}": invalid value: "${modes[index] ?? ""}": steps[${index}].onError\nTask step onError must be either "continue" or "stopAndFail". Maybe invalid TaskSpec`;
}

/** What a container's environment is taken from and what is not there. */
function missingSource(
  container: string,
  { env = [], envFrom = [] }: ContainerFields,
  variables: () => Variables,
  { sources }: TaskPod,
): string | undefined {
  const referring = env.filter(({ valueFrom }) => valueFrom !== undefined);
  if (referring.length + envFrom.length === 0) return undefined;
  const found = containerEnvironment(envFrom, referring, variables(), sources);
  return found.ok ? undefined : `"${container}": ${describeProblem(found.problem)}`;
}

function missingSources(pod: TaskPod, isolation: Isolation): readonly string[] {
  const { spec, variables } = pod;
  const ofSteps = spec.steps.map((plain, index) => {
    const step = applyTemplate(plain, spec.stepTemplate, variables);
    const known = () => stepVariables(pod, index, step, new Map(), isolation);
    return missingSource(stepContainer(step, index), step, known, pod);
  });
  const ofSidecars = (spec.sidecars ?? []).map((sidecar, index) =>
    missingSource(sidecarContainer(sidecar, index), sidecar, () => variables, pod),
  );
  return [...ofSteps, ...ofSidecars].flatMap((fault) => fault ?? []);
}

/** Why none of a pod's containers may start, though only one of them may be at fault: a kubelet looks at all of them first. */
export function checkPod(pod: TaskPod, taskRun: string, isolation: Isolation): Outcome | undefined {
  const mode = wrongErrorMode(pod, taskRun);
  if (mode !== undefined) return failure("PodCreationFailed", mode);
  const [missing] = missingSources(pod, isolation);
  if (missing === undefined) return undefined;
  const message = `Failed to create pod due to config error: ${missing}`;
  return failure("CreateContainerConfigError", message);
}
