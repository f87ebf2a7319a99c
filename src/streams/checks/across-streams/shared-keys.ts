/** The traces of one stream, as far as they are compared. */
interface Keyed {
  readonly tracked: readonly { readonly key: string }[];
}

interface Counted {
  readonly traces: readonly Keyed[];
  readonly counts: Map<string, number>;
  /** The keys that were counted more than once. */
  readonly shared: Set<string>;
}

/** What was counted last; to count tens of thousands of keys anew takes longer than everything else of a review. */
let last: Counted = { traces: [], counts: new Map(), shared: new Set() };

/** The keys of traces that more than one stream leaves. Only what differs from the last call is counted. */
export function sharedKeys(all: readonly Keyed[]): ReadonlySet<string> {
  const { gone, fresh } = difference(last.traces, all);
  const isAnother = gone.length + fresh.length > all.length;
  const counts = isAnother ? new Map<string, number>() : last.counts;
  const shared = isAnother ? new Set<string>() : last.shared;
  last = { traces: all, counts, shared };
  if (!isAnother) gone.forEach((other) => count(last, other, -1));
  (isAnother ? all : fresh).forEach((other) => count(last, other, 1));
  return shared;
}

/** What two lists don't share; one change leaves most of them alike from both ends. */
function difference(before: readonly Keyed[], after: readonly Keyed[]) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [old, now] = [before, after].map((list) => list.slice(start, list.length - end));
  const [wasThere, isThere] = [new Set(old), new Set(now)];
  return {
    gone: [...wasThere].filter((other) => !isThere.has(other)),
    fresh: [...isThere].filter((other) => !wasThere.has(other)),
  };
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
