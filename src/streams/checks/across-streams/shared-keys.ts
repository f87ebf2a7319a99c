/** The traces of one stream, as far as they are compared. */
interface Keyed {
  readonly tracked: readonly { readonly key: string }[];
}

interface Counted {
  readonly traces: ReadonlySet<Keyed>;
  readonly counts: Map<string, number>;
  /** The keys that were counted more than once. */
  readonly shared: Set<string>;
}

/** What was counted last; to count tens of thousands of keys anew takes longer than everything else of a review. */
let last: Counted = { traces: new Set(), counts: new Map(), shared: new Set() };

/** The keys of traces that more than one stream leaves. Only what differs from the last call is counted. */
export function sharedKeys(all: readonly Keyed[]): ReadonlySet<string> {
  const traces = new Set(all);
  const gone = [...last.traces].filter((other) => !traces.has(other));
  const fresh = all.filter((other) => !last.traces.has(other));
  const isAnother = gone.length + fresh.length > traces.size;
  const counts = isAnother ? new Map<string, number>() : last.counts;
  const shared = isAnother ? new Set<string>() : last.shared;
  last = { traces, counts, shared };
  if (!isAnother) gone.forEach((other) => count(last, other, -1));
  (isAnother ? all : fresh).forEach((other) => count(last, other, 1));
  return shared;
}

function count({ counts, shared }: Counted, { tracked }: Keyed, step: 1 | -1): void {
  for (const { key } of tracked) {
    const number = (counts.get(key) ?? 0) + step;
    if (number > 0) counts.set(key, number);
    else counts.delete(key);
    if (number > 1) shared.add(key);
    else shared.delete(key);
  }
}
