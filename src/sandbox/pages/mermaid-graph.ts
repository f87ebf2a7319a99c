/** The part of Mermaid's flowcharts that pipelines are drawn with: boxes and arrows. */
export interface Graph {
  /** Label by id. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: readonly (readonly [from: string, to: string])[];
  /** Nodes of a group of their own, such as the tasks that run at the end. */
  readonly grouped: ReadonlySet<string>;
}

const ignored = /^(%%|subgraph\b|end$|classDef\b|class\b|style\b|linkStyle\b|direction\b)/;
const arrow = /\s*(?:<?-->|---|-\.->|==>)(?:\|[^|]*\|)?\s*/;
const node =
  /^([\w.-]+?)(?:\(\["?(.+?)"?\]\)|\(\("?(.+?)"?\)\)|\["?(.+?)"?\]|\("?(.+?)"?\)|\{\{"?(.+?)"?\}\}|\{"?(.+?)"?\})?(?::::\w+|:::\w+)?$/;

/** Reads a flowchart; undefined where it says something that boxes and arrows cannot show. */
export function parseMermaidGraph(text: string): Graph | undefined {
  const [first = "", ...lines] = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (!/^(?:flowchart|graph)\s+(?:LR|RL|TD|TB|BT)$/.test(first)) return undefined;
  const nodes = new Map<string, string>();
  const edges: (readonly [string, string])[] = [];
  const grouped = new Set<string>();
  let inside = false;
  for (const line of lines) {
    if (/^(subgraph\b|end$)/.test(line)) inside = line !== "end";
    if (ignored.test(line)) continue;
    const groups = line.split(arrow).map((part) => readGroup(part, nodes));
    if (inside) for (const id of groups.flatMap((group) => group ?? [])) grouped.add(id);
    for (const [index, group] of groups.entries()) {
      if (group === undefined) return undefined;
      for (const from of groups[index - 1] ?? []) for (const to of group) edges.push([from, to]);
    }
  }
  return { nodes, edges, grouped };
}

function readGroup(part: string, nodes: Map<string, string>): readonly string[] | undefined {
  const ids: string[] = [];
  for (const text of part.split(/\s+&\s+/)) {
    const match = node.exec(text.trim());
    const id = match?.[1];
    if (match === null || id === undefined) return undefined;
    const label = match.slice(2).find(Boolean);
    if (label !== undefined || !nodes.has(id)) nodes.set(id, decodeEntities(label ?? id));
    ids.push(id);
  }
  return ids;
}

/** Mermaid writes special characters as `#` and their number. */
function decodeEntities(label: string): string {
  return label.replaceAll(/#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

/** How deep each node stands: one more than the deepest before it; nodes of a cycle stay where they were found. */
export function ranksOf(graph: Graph): ReadonlyMap<string, number> {
  const ranks = new Map([...graph.nodes.keys()].map((id) => [id, 0]));
  for (let round = 0; round < graph.nodes.size; round += 1) {
    let moved = false;
    for (const [from, to] of graph.edges) {
      const least = (ranks.get(from) ?? 0) + 1;
      if ((ranks.get(to) ?? 0) >= least || least >= graph.nodes.size) continue;
      ranks.set(to, least);
      moved = true;
    }
    if (!moved) break;
  }
  const last = Math.max(0, ...ranks.values()) + 1;
  for (const id of graph.grouped) {
    const free = !graph.edges.some((edge) => edge.includes(id));
    if (free && graph.grouped.size < graph.nodes.size) ranks.set(id, last);
  }
  return ranks;
}
