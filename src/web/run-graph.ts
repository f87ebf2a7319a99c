import { pipelineDependencies } from "../tekton/pipeline-graph.ts";
import type { PipelineSpec } from "../tekton/types.ts";
import type { Run } from "../store/run-record.ts";
import { html, nothing, type Html } from "./html.ts";
import { taskTone, type Tone } from "./status.ts";

type Tasks = NonNullable<Run["observed"]>["tasks"];

const boxWidth = 150;
const boxHeight = 34;
const columnGap = 44;
const rowGap = 14;

interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/**
 * The pipeline as boxes and arrows, coloured by what each task did. Empty where the pipeline of the default branch is
 * not the one that ran: a wrong picture is worse than none.
 */
export function runGraph(pipeline: PipelineSpec | undefined, tasks: Tasks): Html {
  if (pipeline === undefined) return nothing;
  const waits = new Map(pipelineDependencies(pipeline));
  for (const task of pipeline.finally ?? [])
    waits.set(task.name, new Set(pipeline.tasks.map(({ name }) => name)));
  const names = [...waits.keys()];
  if (tasks.length === 0 || tasks.some(({ name }) => !waits.has(name))) return nothing;
  const columns = columnsOf(waits);
  const boxes = new Map(names.map((name) => [name, placeBox(name, columns)]));
  const width = Math.max(...[...boxes.values()].map(({ x }) => x)) + boxWidth;
  const height = Math.max(...[...boxes.values()].map(({ y }) => y)) + boxHeight;
  const final = new Set((pipeline.finally ?? []).map(({ name }) => name));
  const arrows = names
    .filter((name) => !final.has(name))
    .flatMap((name) =>
      [...(waits.get(name) ?? [])].map((from) => arrow(boxes.get(from), boxes.get(name))),
    );
  const tones = new Map(tasks.map(({ name, phase }) => [name, taskTone(phase)]));
  return html`<div class="scroll">
    <svg
      class="graph"
      width="${width + 2}"
      height="${height + 2}"
      viewBox="-1 -1 ${width + 2} ${height + 2}"
      role="img"
      aria-label="The tasks in their order: ${names.join(", ")}"
    >
      ${arrows}
      ${[...boxes.values()].map((box) => drawBox(box, tones.get(box.name) ?? "idle", final.has(box.name)))}
    </svg>
  </div>`;
}

/** For each task how many others have to come before it, at most; a cycle never gets past validation. */
function columnsOf(waits: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, number> {
  const columns = new Map([...waits.keys()].map((name) => [name, 0]));
  for (let round = 0; round < waits.size; round += 1) {
    for (const [name, before] of waits) {
      const least = [...before].map((other) => (columns.get(other) ?? -1) + 1);
      columns.set(name, Math.max(0, ...least));
    }
  }
  return columns;
}

function placeBox(name: string, columns: ReadonlyMap<string, number>): Box {
  const column = columns.get(name) ?? 0;
  const above = [...columns]
    .filter(([, other]) => other === column)
    .findIndex(([other]) => other === name);
  return { name, x: column * (boxWidth + columnGap), y: above * (boxHeight + rowGap) };
}

function arrow(from: Box | undefined, to: Box | undefined): Html {
  if (from === undefined || to === undefined) return nothing;
  const [x1, y1] = [from.x + boxWidth, from.y + boxHeight / 2];
  const [x2, y2] = [to.x, to.y + boxHeight / 2];
  const middle = (x1 + x2) / 2;
  return html`<path class="arrow" d="M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}" />`;
}

function drawBox({ name, x, y }: Box, tone: Tone, isFinal: boolean): Html {
  const label = name.length > 20 ? `${name.slice(0, 19)}…` : name;
  return html`<g class="box ${tone}${isFinal ? " final" : ""}">
    <title>${name}${isFinal ? ", at the end in any case" : ""}</title>
    <rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="6" />
    <text x="${x + boxWidth / 2}" y="${y + boxHeight / 2 + 4}">${label}</text>
  </g>`;
}
