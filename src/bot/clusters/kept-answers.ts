import { setTimeout as pause } from "node:timers/promises";
import type { ClusterClient } from "../../cluster/types.ts";
import { failed, type Result } from "../../problem.ts";

/** A cluster that does not answer keeps nobody waiting. */
const usualPatienceMs = 2000;
const keptMs = 5 * 60_000;
const keptFailureMs = 30_000;

interface Asked<T> {
  readonly answer: Promise<Result<T>>;
  /** In milliseconds, when it is asked for again. */
  until: number;
}

/** What clusters say of something that seldom changes. */
export interface KeptAnswers<T> {
  /** What a cluster said some minutes ago at most; a problem where it does not tell in time. */
  ask(client: ClusterClient, now: Date, patienceMs?: number): Promise<Result<T>>;
  /** Lets the next one ask again: what was missing may have been installed since. */
  forget(client: ClusterClient): void;
}

/** Asks each cluster once in some minutes, whoever wants to know. */
export function keepAnswers<T>(
  read: (client: ClusterClient) => Promise<Result<T>>,
): KeptAnswers<T> {
  const asked = new WeakMap<ClusterClient, Asked<T>>();
  const answerOf = (client: ClusterClient, now: number): Promise<Result<T>> => {
    const known = asked.get(client);
    if (known !== undefined && now < known.until) return known.answer;
    const begun: Asked<T> = { answer: read(client), until: now + keptMs };
    asked.set(client, begun);
    void begun.answer.then(({ ok: isRead }) => {
      if (!isRead) begun.until = now + keptFailureMs;
    });
    return begun.answer;
  };
  return {
    async ask(client, now, patienceMs = usualPatienceMs) {
      const answer = answerOf(client, now.getTime());
      const patience = new AbortController();
      const late = pause(patienceMs, undefined, { signal: patience.signal, ref: false }).then(
        () => failed<T>({ kind: "unavailable", what: "It did not answer in time." }),
        () => answer,
      );
      try {
        return await Promise.race([answer, late]);
      } finally {
        patience.abort();
      }
    },
    forget: (client) => void asked.delete(client),
  };
}
