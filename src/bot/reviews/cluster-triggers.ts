import { setTimeout as pause } from "node:timers/promises";
import type { ClusterClient } from "../../cluster/types.ts";
import { failed, ok, type Result } from "../../problem.ts";
import { triggersIn } from "../../streams/plan/repository-triggers.ts";
import type { ListenedTrigger } from "../../streams/tekton-files/listened.ts";

/** Triggers change seldom, and a cluster that does not answer keeps no review waiting. */
const usualPatienceMs = 2000;
const keptMs = 5 * 60_000;
const keptFailureMs = 30_000;

type Answer = Result<readonly ListenedTrigger[]>;

interface Asked {
  readonly answer: Promise<Answer>;
  /** In milliseconds, when it is asked for again. */
  until: number;
}

const asked = new WeakMap<ClusterClient, Asked>();

/** The triggers that a cluster's listener has, as they were some minutes ago; a problem where it does not tell in time. */
export async function clusterTriggers(
  client: ClusterClient,
  now: Date,
  patienceMs = usualPatienceMs,
): Promise<Answer> {
  const answer = ask(client, now.getTime());
  const patience = new AbortController();
  const late = pause(patienceMs, undefined, { signal: patience.signal, ref: false }).then(
    (): Answer => failed({ kind: "unavailable", what: "It did not answer in time." }),
    () => answer,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    patience.abort();
  }
}

/** Lets the next review ask again: what was missing may have been installed since. */
export function forgetTriggers(client: ClusterClient): void {
  asked.delete(client);
}

function ask(client: ClusterClient, now: number): Promise<Answer> {
  const known = asked.get(client);
  if (known !== undefined && now < known.until) return known.answer;
  const begun: Asked = { answer: read(client), until: now + keptMs };
  asked.set(client, begun);
  void begun.answer.then(({ ok: read }) => {
    if (!read) begun.until = now + keptFailureMs;
  });
  return begun.answer;
}

async function read(client: ClusterClient): Promise<Answer> {
  const found = await client.readTriggers();
  if (!found.ok) return found;
  const triggers = triggersIn(found.value);
  if (triggers.length > 0) return ok(triggers);
  const what = `There is no EventListener with triggers in its namespace ${client.namespace}.`;
  return failed({ kind: "not-found", what });
}
