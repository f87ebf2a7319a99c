import * as z from "zod";
import type { Stage } from "./stage.ts";

const runSchema = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    pipelineRef: z
      .object({ params: z.array(z.object({ name: z.string(), value: z.unknown() })).optional() })
      .optional(),
  }),
});

export type SeenPipelineRun = z.output<typeof runSchema>;

/** The PipelineRuns on the Tekton stand-in, as its Kubernetes API lists them; of one stream where it is named. */
export async function pipelineRuns(
  stage: Stage,
  stream?: string,
): Promise<readonly SeenPipelineRun[]> {
  const { kubernetes } = stage.world;
  const url = new URL(
    `${kubernetes.url}/apis/tekton.dev/v1/namespaces/${kubernetes.namespace}/pipelineruns`,
  );
  if (stream !== undefined)
    url.searchParams.set("labelSelector", `streams.okd.io/stream=${stream}`);
  const answer = await fetch(url, { headers: { authorization: `Bearer ${kubernetes.token}` } });
  return z.object({ items: z.array(runSchema) }).parse(await answer.json()).items;
}

/** The commit whose pipeline a run uses. */
export function revisionOf(run: SeenPipelineRun): unknown {
  return run.spec.pipelineRef?.params?.find(({ name }) => name === "revision")?.value;
}
