import { html } from "hono/html";
import type { Markup } from "./layout.ts";
import { type Graph, ranksOf } from "./mermaid-graph.ts";

const height = 34;
const gap = { between: 16, rank: 44 };
const letter = 7.4;

/** A graph as an inline picture: ranks in a row, arrows between them. */
export function renderGraph(graph: Graph): Markup {
  const ranks = ranksOf(graph);
  const columns: string[][] = [];
  for (const id of graph.nodes.keys()) (columns[ranks.get(id) ?? 0] ??= []).push(id);
  const labels = new Map(
    [...graph.nodes].map(([id, label]) => [id, label.replaceAll(/<br\s*\/?>/g, " · ")]),
  );
  const widthOf = (id: string): number => (labels.get(id) ?? id).length * letter + 24;
  const tallest = Math.max(1, ...columns.map((column) => column.length));
  const total = tallest * (height + gap.between) + gap.between;
  const places = new Map<string, { x: number; y: number; width: number }>();
  let x = gap.between;
  for (const column of columns) {
    const used = column.length * (height + gap.between) - gap.between;
    const width = Math.max(...column.map(widthOf));
    for (const [index, id] of column.entries())
      places.set(id, { x, y: (total - used) / 2 + index * (height + gap.between), width });
    x += width + gap.rank;
  }
  const fullWidth = x - gap.rank + gap.between;
  return html`<figure class="graph">
    <svg
      viewBox="0 0 ${fullWidth} ${total}"
      style="max-width:${fullWidth}px"
      role="img"
      aria-label="Graph of ${graph.nodes.size} tasks"
    >
      <defs>
        <marker
          id="tip"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      ${graph.edges.map(([from, to]) => {
        const start = places.get(from);
        const end = places.get(to);
        if (start === undefined || end === undefined) return "";
        const [x1, y1] = [start.x + start.width, start.y + height / 2];
        const [x2, y2] = [end.x - 2, end.y + height / 2];
        const middle = (x1 + x2) / 2;
        return html`<path
          class="edge"
          d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}"
          marker-end="url(#tip)"
        />`;
      })}
      ${[...places].map(
        ([id, place]) =>
          html`<rect
              x="${place.x}"
              y="${place.y}"
              width="${place.width}"
              height="${height}"
              rx="7"
            />
            <text x="${place.x + place.width / 2}" y="${place.y + height / 2 + 4}">
              ${labels.get(id) ?? id}
            </text>`,
      )}
    </svg>
  </figure>`;
}
