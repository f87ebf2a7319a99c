import * as z from "zod";
import type { KubernetesAccess } from "./kubernetes-access.ts";
import { tektonApi } from "./read-run.ts";
import { watchedRunSchema, type WatchedPlace, type WatchedRun } from "./watched-run.ts";

const pageSize = 500;

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().default("") }),
  items: z.array(watchedRunSchema),
});

export interface WatchedRuns {
  readonly items: readonly WatchedRun[];
  /** What a watch goes on from. */
  readonly resourceVersion: string;
}

/** Every PipelineRun of a place, page by page. */
export async function listWatchedRuns(
  { objects, call }: KubernetesAccess,
  place: WatchedPlace,
): Promise<WatchedRuns> {
  const items: WatchedRun[] = [];
  for (let next: string | undefined; ;) {
    const from = next === undefined ? {} : { _continue: next };
    const page = listSchema.parse(
      await objects.listNamespacedCustomObject(
        { ...tektonApi, plural: "pipelineruns", ...place, limit: pageSize, ...from },
        call(),
      ),
    );
    items.push(...page.items);
    next = page.metadata.continue;
    if (next === "") return { items, resourceVersion: page.metadata.resourceVersion };
  }
}
