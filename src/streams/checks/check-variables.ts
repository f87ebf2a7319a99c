import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import type { Checkable } from "./checkable.ts";
import { knownVariables, nameTemplateVariables, variablesIn } from "../runs/known-variables.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { pipelineUses } from "./pipeline-uses.ts";
import { quoted } from "../../quoted.ts";
import { suggestName } from "../../suggest-name.ts";

/** `$(…)` in params and name templates with names that nobody fills in. */
export function checkVariables(repository: Checkable): Mistake[] {
  const inParams = pipelineUses(repository).flatMap((site) =>
    Object.entries(site.use.params ?? {}).flatMap(([name, value]) =>
      unknownIn(site.source, [...site.at, "params", name], value, knownVariables(site)),
    ),
  );
  const templatePath = ["spec", "release", "nameTemplate"];
  const inTemplates = [...repository.streams.values()].flatMap(({ source, value }) =>
    unknownIn(source, templatePath, value.spec.release.nameTemplate, nameTemplateVariables),
  );
  return [...inParams, ...inTemplates];
}

function unknownIn(
  source: SourceDocument,
  path: NodePath,
  text: string,
  known: readonly string[],
): Mistake[] {
  return variablesIn(text)
    .filter((name) => !known.includes(name))
    .map((name) =>
      mistakeAt(source, "variable-unknown", path, "value", {
        message: `${quoted(`$(${name})`)} is not known here.`,
        help: suggestName(name, known, "known name"),
      }),
    );
}
