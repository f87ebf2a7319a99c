import type { PodTemplate } from "../../tekton/types.ts";

/** The task's own come first, as Tekton lists them. */
function byName<T extends { readonly name: string }>(
  all: readonly T[] = [],
  own: readonly T[] = [],
): readonly T[] {
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...all.filter(({ name }) => !names.has(name))];
}

/** What a task's own pod template says over that of all tasks: env and volumes by their names, all else as a whole. */
export function mergePodTemplates(
  all: PodTemplate | undefined,
  own: PodTemplate | undefined,
): PodTemplate | undefined {
  if (all === undefined || own === undefined) return own ?? all;
  const env = byName(all.env, own.env);
  const volumes = byName(all.volumes, own.volumes);
  return {
    ...all,
    ...own,
    ...(env.length > 0 && { env }),
    ...(volumes.length > 0 && { volumes }),
  };
}
