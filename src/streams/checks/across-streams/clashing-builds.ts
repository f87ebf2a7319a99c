import { buildTimes } from "./bound-claims.ts";
import type { BuildTime } from "./bound-claims.ts";
import type { Tracked } from "./tracked.ts";

interface ClashingBuild {
  readonly tracked: Tracked;
  /** One whose builds may run at the same time. */
  readonly other: Tracked;
}

interface Scheduled {
  readonly tracked: Tracked;
  readonly time: BuildTime;
}

/** Those of a group whose builds may run while those of another do; of two only one. */
export function clashingBuilds(group: readonly Tracked[], now: Date): ClashingBuild[] {
  const scheduled: Scheduled[] = [];
  const building: Tracked[] = [];
  let always: Tracked | undefined;
  for (const tracked of group) {
    const times = buildTimes(tracked.stream.value, now);
    if (times === "any") always ??= tracked;
    else scheduled.push(...times.map((time) => ({ tracked, time })));
    if (times.length > 0) building.push(tracked);
  }
  if (always === undefined) return overlapping(scheduled);
  const other = always;
  return building.flatMap((tracked) => (tracked === other ? [] : [{ tracked, other }]));
}

function overlapping(builds: readonly Scheduled[]): ClashingBuild[] {
  const others = new Map<Tracked, Tracked>();
  const sorted = builds.toSorted((a, b) => a.time.begin - b.time.begin);
  let latest = sorted[0];
  for (const build of sorted.slice(1)) {
    if (latest === undefined) break;
    const overlaps = build.tracked !== latest.tracked && build.time.begin < latest.time.end;
    const told = others.has(build.tracked) || others.get(latest.tracked) === build.tracked;
    if (overlaps && !told) others.set(build.tracked, latest.tracked);
    if (build.time.end >= latest.time.end) latest = build;
  }
  return [...others].map(([tracked, other]) => ({ tracked, other }));
}
