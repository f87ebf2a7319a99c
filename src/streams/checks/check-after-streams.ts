import { findCycle } from "../../tekton/pipeline-graph.ts";
import type { Checkable } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import { suggestName } from "../../suggest-name.ts";

const afterPath = ["spec", "triggers", "afterStreams"];

/** Streams that are built after others: those have to exist, and nothing may go in a circle. */
export function checkAfterStreams({ streams, streamNames }: Checkable): Mistake[] {
  const unknown = [...streams.values()].flatMap(({ source, value }) =>
    (value.spec.triggers?.afterStreams ?? []).flatMap((name, index) => {
      if (streamNames.has(name)) return [];
      return [
        mistakeAt(source, "after-stream-unknown", [...afterPath, index], "value", {
          message: `There is no stream ${quoted(name)}.`,
          help: suggestName(name, streamNames, "stream"),
        }),
      ];
    }),
  );
  const dependencies = new Map(
    [...streams].map(([name, { value }]) => [
      name,
      new Set(value.spec.triggers?.afterStreams ?? []),
    ]),
  );
  const cycle = findCycle(dependencies);
  const first = cycle === undefined ? undefined : streams.get(cycle[0] ?? "");
  if (cycle === undefined || first === undefined) return unknown;
  const circle = mistakeAt(first.source, "after-stream-cycle", afterPath, "key", {
    message: `Streams build each other: ${[...cycle, cycle[0] ?? ""].join(" after ")}.`,
    help: "Remove one afterStreams from the circle.",
  });
  return [...unknown, circle];
}
