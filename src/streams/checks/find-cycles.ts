/**
 * A cycle of each part of a graph in which cycles are, its names in order; linear, and without recursion, since chains of
 * streams may be as long as the repository.
 */
export function findCycles(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const root of graph.keys()) {
    const trail = new Map<string, Iterator<string>>();
    const enter = (name: string): void => {
      trail.set(name, (graph.get(name) ?? [])[Symbol.iterator]());
    };
    const names = [root];
    if (!done.has(root)) enter(root);
    for (let name = names.at(-1); name !== undefined && trail.has(name); name = names.at(-1)) {
      const next = trail.get(name)?.next();
      if (next === undefined || next.done === true) {
        trail.delete(name);
        names.pop();
        done.add(name);
      } else if (trail.has(next.value)) {
        const cycle = names.slice(names.indexOf(next.value));
        if (!cycle.some((member) => done.has(member))) cycles.push(cycle);
        cycle.forEach((member) => done.add(member));
      } else if (!done.has(next.value)) {
        names.push(next.value);
        enter(next.value);
      }
    }
  }
  return cycles;
}
