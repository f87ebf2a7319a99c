import * as z from "zod";
import { ProblemError } from "../problem.ts";
import { sourceDocument } from "../yaml/source-document.ts";
import type { SourceDocument } from "../yaml/types.ts";
import type { KubernetesAccess } from "./kubernetes-access.ts";

const triggers = { group: "triggers.tekton.dev", version: "v1beta1" } as const;
const plurals = ["eventlisteners", "triggers", "triggerbindings", "triggertemplates"] as const;
const listSchema = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

/** The objects of Tekton Triggers in a namespace, each as a document named for where it stands. */
export async function readTriggers(
  { objects, call }: KubernetesAccess,
  { cluster, namespace }: { readonly cluster: string; readonly namespace: string },
): Promise<readonly SourceDocument[]> {
  const lists = await Promise.all(
    plurals.map(async (plural): Promise<readonly SourceDocument[]> => {
      const found: unknown = await objects.listNamespacedCustomObject(
        { ...triggers, namespace, plural },
        call(),
      );
      const list = listSchema.safeParse(found);
      if (!list.success) throw unreadable(cluster, plural);
      const place = { file: `${cluster}/${namespace}`, index: 0 };
      return list.data.items.map((item) =>
        sourceDocument({ ...place, text: () => JSON.stringify(item) }, item),
      );
    }),
  );
  return lists.flat();
}

function unreadable(cluster: string, plural: string): ProblemError {
  return new ProblemError({
    kind: "unsupported",
    where: `cluster ${cluster}`,
    what: `Its list of ${plural} is not written as Kubernetes describes lists.`,
    next: "Check which version of Tekton Triggers serves it.",
  });
}
