import type { ClusterClient } from "../../cluster/types.ts";
import { failed, ok, type Result } from "../../problem.ts";
import { triggersIn } from "../../streams/plan/repository-triggers.ts";
import type { ListenedTrigger } from "../../streams/tekton-files/listened.ts";
import { keepAnswers } from "./kept-answers.ts";

/** The triggers that clusters' listeners have. */
export const clusterTriggers = keepAnswers(read);

async function read(client: ClusterClient): Promise<Result<readonly ListenedTrigger[]>> {
  const found = await client.readTriggers();
  if (!found.ok) return found;
  const triggers = triggersIn(found.value);
  if (triggers.length > 0) return ok(triggers);
  const what = `There is no EventListener with triggers in its namespace ${client.namespace}.`;
  return failed({ kind: "not-found", what });
}
