import type { ParamSpec } from "../../../tekton/types.ts";
import type { NodePath, SourceDocument } from "../../../yaml/types.ts";
import { quoted } from "../../../quoted.ts";
import { taskSpecs } from "../../tekton-files/task-specs.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

const placeholder = /<your\b[^<>]*>|<(insert|replace|todo)\b[^<>]*>|\bchange_?me\b/i;

/** Defaults that were meant to be replaced before anything runs. */
export function checkPlaceholders(objects: TektonObjects): Mistake[] {
  return [
    ...objects.pipelines.flatMap(({ source, value }) =>
      checkParams(source, ["spec", "params"], value.spec.params),
    ),
    ...taskSpecs(objects).flatMap(({ source, at, spec }) =>
      checkParams(source, [...at, "params"], spec.params),
    ),
  ];
}

function checkParams(
  source: SourceDocument,
  at: NodePath,
  params: readonly ParamSpec[] = [],
): Mistake[] {
  return params.flatMap(({ name, default: value }, index) => {
    const found = typeof value === "string" ? placeholder.exec(value)?.[0] : undefined;
    if (found === undefined) return [];
    return [
      mistakeAt(source, "param-placeholder", [...at, index, "default"], "value", {
        message: `The default of ${quoted(name)} holds the placeholder ${quoted(found)}.`,
        help: "Remove the default, so that every run has to say what it means.",
      }),
    ];
  });
}
