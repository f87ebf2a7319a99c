import type { ContainerFields } from "../../tekton/types.ts";

function merged<T>(
  template: readonly T[] = [],
  own: readonly T[] = [],
  key: (entry: T) => string,
): readonly T[] {
  const entries = new Map([...template, ...own].map((entry) => [key(entry), entry]));
  return [...entries.values()];
}

/** Fields of a step over those of the template; env is merged by name, volumeMounts by path. */
export function applyTemplate<T extends ContainerFields>(
  step: T,
  template: ContainerFields = {},
): T & ContainerFields {
  const env = merged(template.env, step.env, ({ name }) => name);
  const volumeMounts = merged(template.volumeMounts, step.volumeMounts, (one) => one.mountPath);
  return {
    ...template,
    ...step,
    ...(env.length > 0 && { env }),
    ...(volumeMounts.length > 0 && { volumeMounts }),
  };
}
