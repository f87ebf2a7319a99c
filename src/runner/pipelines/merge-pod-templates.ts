import type { PodTemplate } from "../../tekton/types.ts";

function byName<T extends { readonly name: string }>(
  ...lists: readonly (readonly T[] | undefined)[]
): readonly T[] {
  const entries = lists.flatMap((list) => list ?? []);
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
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
