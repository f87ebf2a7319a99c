import { pipelineDependencies } from "./pipeline-graph.ts";
import type { PipelineSpec } from "./types.ts";

/** Mermaid reads `#NN;` as a character, so nothing in a name can end the label or start a directive. */
function label(name: string): string {
  const escaped = name.replace(
    /[^A-Za-z0-9 ._-]/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
  return `["${escaped}"]`;
}

/**
 * The pipeline as a Mermaid flowchart, without a code fence. Node ids are numbers of our own, so that no task name
 * can be taken for Mermaid's syntax. Finally tasks stand in a group of their own.
 */
export function pipelineMermaid(spec: PipelineSpec): string {
  const ids = new Map(spec.tasks.map((task, index) => [task.name, `t${index}`]));
  const nodes = spec.tasks.map((task) => `  ${ids.get(task.name) ?? ""}${label(task.name)}`);
  const edges = [...pipelineDependencies(spec)].flatMap(([name, dependencies]) =>
    [...dependencies].flatMap((dependency) => {
      const from = ids.get(dependency);
      const to = ids.get(name);
      return from === undefined || to === undefined ? [] : [`  ${from} --> ${to}`];
    }),
  );
  const lastly = spec.finally ?? [];
  const group =
    lastly.length === 0
      ? []
      : [
          "  subgraph finally",
          ...lastly.map((task, index) => `    f${index}${label(task.name)}`),
          "  end",
        ];
  return ["flowchart LR", ...nodes, ...edges, ...group].join("\n");
}
