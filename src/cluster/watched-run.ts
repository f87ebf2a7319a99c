import * as z from "zod";

/** As much of a PipelineRun as a watch needs: what it is, is for the reader to read. */
export const watchedRunSchema = z.object({
  metadata: z.object({
    name: z.string(),
    resourceVersion: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
});

export type WatchedRun = z.output<typeof watchedRunSchema>;

/** The PipelineRuns that are watched. */
export interface WatchedPlace {
  readonly namespace: string;
  readonly labelSelector: string;
}
