import { substituteText } from "../../../tekton/substitute.ts";
import type { TriggerTemplate } from "../../../tekton/trigger-schemas.ts";
import { quoted } from "../../../quoted.ts";
import { suggestName } from "../../../suggest-name.ts";
import type { Sourced } from "../../repository.ts";
import { nearby } from "../../tekton-files/nearby.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** Claims that runs bind, where the files hold claims at all; otherwise all of them are only on the cluster. */
export function checkClaims(objects: TektonObjects): Mistake[] {
  if (objects.claims.length === 0) return [];
  const claimOf = nearby(objects.claims);
  const names = objects.claims.flatMap(({ value }) => value.metadata.name ?? []);
  const { pipelineRuns, taskRuns, templatePipelineRuns, templateTaskRuns } = objects;
  const written = [...pipelineRuns, ...taskRuns].map((run) => ({ ...run, defaults: none }));
  const templated = [...templatePipelineRuns, ...templateTaskRuns].map((run) => {
    return { ...run, defaults: defaultsOf(run.template) };
  });
  return [...written, ...templated].flatMap(({ path, source, value, defaults }) =>
    (value.spec.workspaces ?? []).flatMap(({ persistentVolumeClaim }, index) => {
      const asked = persistentVolumeClaim?.claimName;
      const name = substituteText(asked ?? "$(none)", defaults);
      if (name.includes("$(") || claimOf(name, path) !== undefined) return [];
      const at = ["spec", "workspaces", index, "persistentVolumeClaim", "claimName"];
      const from = asked === name ? "" : ", the default of this parameter,";
      return [
        mistakeAt(source, "claim-not-found", at, "value", {
          message: `The claim ${quoted(name)}${from} is none of the PersistentVolumeClaims among the files.`,
          help: suggestName(name, names, "claim"),
        }),
      ];
    }),
  );
}

const none: ReadonlyMap<string, string> = new Map();

function defaultsOf({ value }: Sourced<TriggerTemplate>): ReadonlyMap<string, string> {
  return new Map(
    (value.spec.params ?? []).flatMap((param) =>
      param.default === undefined ? [] : [[`tt.params.${param.name}`, param.default] as const],
    ),
  );
}
