import * as z from "zod";

const values = z
  .array(z.object({ name: z.string(), value: z.unknown() }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ name, value }) => [name, value])));

const objects = z.array(
  z.object({
    kind: z.string(),
    metadata: z.object({ name: z.string() }),
    spec: z.object({ params: values }),
    status: z
      .object({
        conditions: z
          .array(z.object({ status: z.string(), reason: z.string(), message: z.string() }))
          .default([]),
        results: values,
        skippedTasks: z.array(z.object({ name: z.string(), reason: z.string() })).default([]),
        childReferences: z
          .array(z.object({ name: z.string(), pipelineTaskName: z.string() }))
          .default([]),
        retriesStatus: z.array(z.unknown()).default([]),
        steps: z
          .array(
            z.object({
              name: z.string(),
              container: z.string().optional(),
              terminationReason: z.string().optional(),
              terminated: z.object({ exitCode: z.number(), reason: z.string() }).optional(),
              results: values,
            }),
          )
          .default([]),
      })
      .prefault({}),
  }),
);

/** How a run, or a TaskRun of one, ended: what Tekton writes into its object, but for times and identities. */
export interface RunEnd {
  readonly ended: string;
  readonly message: string;
  readonly told: object;
}

/** How runs and their children ended, by kind and name; `namespace` is where. */
export function runEnds(
  items: readonly unknown[],
  namespace: string,
): Readonly<Record<string, RunEnd>> {
  return Object.fromEntries(
    objects.parse(items).map(({ kind, metadata, spec, status }) => {
      const [condition] = status.conditions;
      const { results, skippedTasks, childReferences, retriesStatus } = status;
      // Before there is a pod Tekton lists steps without their containers.
      const steps = status.steps.filter(({ terminated }) => terminated !== undefined);
      const message = condition?.message.replaceAll(namespace, "NAMESPACE").trim() ?? "";
      const end: RunEnd = {
        ended: `${condition?.status ?? ""} ${condition?.reason ?? ""}`,
        message,
        told: {
          params: spec.params,
          results,
          skipped: skippedTasks.map(({ name, reason }) => `${name}: ${reason}`).sort(),
          children: childReferences
            .map(({ name, pipelineTaskName }) => `${name} of ${pipelineTaskName}`)
            .sort(),
          retries: retriesStatus.length,
          steps,
        },
      };
      return [`${kind} ${metadata.name}`, end];
    }),
  );
}

/** Without what is said for people. */
export function withoutMessages(
  ends: Readonly<Record<string, RunEnd>>,
): Readonly<Record<string, Omit<RunEnd, "message">>> {
  return Object.fromEntries(
    Object.entries(ends).map(([name, { ended, told }]) => [name, { ended, told }]),
  );
}
