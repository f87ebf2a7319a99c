/** What the queue of a cluster needs to know of a run that is not over. */
export interface QueuedRun {
  readonly id: string;
  /** Of which repository and stream it is. */
  readonly stream: string;
  /** ISO 8601. */
  readonly requestedAt: string;
  /** Whether it was sent to the cluster, and so may be running. */
  readonly isSent: boolean;
}

/** How many runs a cluster takes at a time. */
export interface QueueLimits {
  readonly runs: number;
  readonly runsOfStream: number;
}

export interface QueuePlace {
  /** From 1. */
  readonly position: number;
  readonly waiting: number;
  readonly limit: keyof QueueLimits;
  /** The ids of the runs that have the places, or are about to take them. */
  readonly holders: readonly string[];
}

/**
 * Where a run waits, among the runs of its cluster that are not over; undefined where it may begin now. Streams take
 * turns: the first that each has waiting, then the second of each, in the order in which they were asked for.
 */
export function placeInQueue(
  runs: readonly QueuedRun[],
  limits: QueueLimits,
  id: string,
): QueuePlace | undefined {
  const taken = new Map<string, number>();
  const take = ({ stream }: QueuedRun): void => {
    taken.set(stream, (taken.get(stream) ?? 0) + 1);
  };
  const sent = runs.filter(({ isSent }) => isSent);
  const holders = sent.map(({ id: holder }) => holder);
  sent.forEach(take);
  let free = limits.runs - sent.length;
  const waiting: (QueuedRun & { readonly limit: keyof QueueLimits })[] = [];
  for (const run of inTurns(runs)) {
    const ofStream = taken.get(run.stream) ?? 0;
    if (ofStream >= limits.runsOfStream) waiting.push({ ...run, limit: "runsOfStream" });
    else if (free < 1) waiting.push({ ...run, limit: "runs" });
    else {
      free -= 1;
      holders.push(run.id);
      take(run);
    }
  }
  const index = waiting.findIndex((run) => run.id === id);
  const found = waiting[index];
  if (found === undefined) return undefined;
  return { position: index + 1, waiting: waiting.length, limit: found.limit, holders };
}

/** Those that wait, each behind as many of other streams as its own stream has before it. */
function inTurns(runs: readonly QueuedRun[]): readonly QueuedRun[] {
  const turns = new Map<string, number>();
  const next = ({ stream }: QueuedRun): number => {
    const turn = turns.get(stream) ?? 0;
    turns.set(stream, turn + 1);
    return turn;
  };
  runs.filter(({ isSent }) => isSent).forEach(next);
  return runs
    .filter(({ isSent }) => !isSent)
    .toSorted(byAge)
    .map((run) => ({ run, turn: next(run) }))
    .toSorted((a, b) => a.turn - b.turn || byAge(a.run, b.run))
    .map(({ run }) => run);
}

function byAge(a: QueuedRun, b: QueuedRun): number {
  return a.requestedAt.localeCompare(b.requestedAt) || (a.id < b.id ? -1 : 1);
}
