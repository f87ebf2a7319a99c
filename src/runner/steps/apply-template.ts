import { substituteDeep } from "../../tekton/substitute-deep.ts";
import type { Variables } from "../../tekton/substitute.ts";
import type { ContainerFields, EnvVar } from "../../tekton/types.ts";
import type { RunnableStep } from "../task-pod.ts";

/**
 * Two lists with one entry for each key: the step's in its own order, and among them those that the template alone has,
 * each before the first of the step's that the template has later. The order decides which entries env may name.
 */
function merged<T>(
  template: readonly T[] = [],
  own: readonly T[] = [],
  key: (entry: T) => string,
): readonly T[] {
  const ownKeys = new Set(own.map(key));
  const placeOf = new Map(template.map((entry, index) => [key(entry), index]));
  const rest = template.filter((entry) => !ownKeys.has(key(entry)));
  const entries: T[] = [];
  for (const entry of own) {
    const place = placeOf.get(key(entry)) ?? -1;
    const later = rest.findIndex((one) => (placeOf.get(key(one)) ?? place) >= place);
    entries.push(...rest.splice(0, later < 0 ? rest.length : later), entry);
  }
  return [...entries, ...rest];
}

function mergedEnv(template: readonly EnvVar[] = [], own: readonly EnvVar[] = []) {
  const known = new Map(template.map((entry) => [entry.name, entry]));
  // To Tekton an empty value is none, over which the template's stays.
  const filled = own.map((entry) =>
    (entry.value ?? "") === "" && entry.valueFrom === undefined
      ? (known.get(entry.name) ?? entry)
      : entry,
  );
  return merged(template, filled, ({ name }) => name);
}

/** To Tekton a text or a list that is empty is as good as absent. */
function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== "";
}

/**
 * Fields of a step over those of the template; env is merged by name, volumeMounts by path. `variables` are the Task's,
 * whose params the template means even where the step is a StepAction with params of its own.
 */
export function applyTemplate(
  step: RunnableStep,
  template: ContainerFields | undefined,
  variables: Variables,
): RunnableStep {
  if (template === undefined) return step;
  const fields = step.declares === undefined ? template : substituteDeep(template, variables);
  const env = mergedEnv(fields.env, step.env);
  const volumeMounts = merged(fields.volumeMounts, step.volumeMounts, (one) => one.mountPath);
  const own = new Map<string, unknown>(Object.entries(step));
  const inherited = Object.entries(fields).filter(([field]) => !isGiven(own.get(field)));
  return {
    ...step,
    ...Object.fromEntries(inherited),
    ...(env.length > 0 && { env }),
    ...(volumeMounts.length > 0 && { volumeMounts }),
  };
}
