import { ProblemError } from "../problem.ts";
import type { KubernetesAccess } from "./kubernetes-access.ts";
import { isMissing } from "./kubernetes-problem.ts";
import { observeRun } from "./observe-run.ts";
import { pipelineRunListSchema, pipelineRunSchema, taskRunListSchema } from "./tekton-status.ts";
import type { ObservedRun } from "./types.ts";

export const tektonApi = { group: "tekton.dev", version: "v1" } as const;

/** The label that Tekton Triggers puts on everything that an event made. */
export const eventIdKey = "triggers.tekton.dev/triggers-eventid";

/** Where a run is looked for. */
export interface RunPlace {
  readonly cluster: string;
  readonly namespace: string;
}

/** The PipelineRun of a name with its tasks; undefined where there is none. */
export async function readRun(
  access: KubernetesAccess,
  place: RunPlace,
  name: string,
): Promise<ObservedRun | undefined> {
  const { namespace } = place;
  let found: unknown;
  try {
    found = await access.objects.getNamespacedCustomObject(
      { ...tektonApi, namespace, plural: "pipelineruns", name },
      access.call(),
    );
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return withTasks(access, place, name, found);
}

/** The PipelineRun that an event made; throws a ProblemError of kind `conflict` where it made several. */
export async function findRun(
  access: KubernetesAccess,
  place: RunPlace,
  eventId: string,
): Promise<ObservedRun | undefined> {
  const { cluster, namespace } = place;
  const labelSelector = `${eventIdKey}=${eventId}`;
  const list: unknown = await access.objects.listNamespacedCustomObject(
    { ...tektonApi, namespace, plural: "pipelineruns", labelSelector },
    access.call(),
  );
  const runs = pipelineRunListSchema.safeParse(list);
  if (!runs.success) throw otherShape(cluster, `of event ${eventId}`);
  const [run, ...more] = runs.data.items;
  if (run === undefined) return undefined;
  const { name } = run.metadata;
  if (more.length === 0) return withTasks(access, place, name, run);
  const names = [run, ...more].map(({ metadata }) => metadata.name).join(", ");
  throw new ProblemError({
    kind: "conflict",
    where: `cluster ${cluster}`,
    what: `One request made ${more.length + 1} PipelineRuns: ${names}.`,
    next: "Let one trigger of the listener answer to this pipeline; then write `/retry`.",
  });
}

async function withTasks(
  { objects, call }: KubernetesAccess,
  { cluster, namespace }: RunPlace,
  name: string,
  found: unknown,
): Promise<ObservedRun> {
  const list: unknown = await objects.listNamespacedCustomObject(
    {
      ...tektonApi,
      namespace,
      plural: "taskruns",
      labelSelector: `tekton.dev/pipelineRun=${name}`,
    },
    call(),
  );
  const run = pipelineRunSchema.safeParse(found);
  const taskRuns = taskRunListSchema.safeParse(list);
  if (run.success && taskRuns.success) return observeRun(run.data, taskRuns.data.items);
  throw otherShape(cluster, name);
}

function otherShape(cluster: string, name: string): ProblemError {
  return new ProblemError({
    kind: "unsupported",
    where: `cluster ${cluster}`,
    what: `PipelineRun ${name} is not written as tekton.dev/v1 describes it.`,
    next: "Check which version of Tekton Pipelines serves it.",
  });
}
