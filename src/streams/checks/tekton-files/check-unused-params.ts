import { placedTasks } from "../../../tekton/faults/placed-task.ts";
import type { ParamSpec } from "../../../tekton/types.ts";
import { stringsIn } from "../../../tekton/references.ts";
import type { SourceDocument } from "../../../yaml/types.ts";
import { quoted } from "../../../quoted.ts";
import { nearestName } from "../../../suggest-name.ts";
import { isReservedParam } from "../../runs/reserved-params.ts";
import { taskSpecFinder } from "../../tekton-files/task-spec-finder.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** Params of Pipelines and Tasks that nothing in them uses. */
export function checkUnusedParams(objects: TektonObjects): Mistake[] {
  const specOf = taskSpecFinder(objects);
  return [
    ...objects.tasks.flatMap(({ source, value: { spec } }) => unused(source, "Task", spec, none)),
    ...objects.pipelines.flatMap(({ path, source, value: { spec } }) => {
      const forgotten = placedTasks(spec, []).flatMap(({ task }) => {
        const given = new Set((task.params ?? []).map(({ name }) => name));
        const declared = (specOf(task, path)?.params ?? []).map(({ name }) => name);
        return declared.filter((name) => !given.has(name));
      });
      return unused(source, "Pipeline", spec, new Set(forgotten));
    }),
  ];
}

const none: ReadonlySet<string> = new Set();

/** Of params that a task is not given although it has one of that name, that is told instead. */
function unused(
  source: SourceDocument,
  kind: string,
  { params = [], ...rest }: { readonly params?: readonly ParamSpec[] },
  forgotten: ReadonlySet<string>,
): Mistake[] {
  if (params.length === 0) return [];
  const at = ["spec", "params"];
  const defaults = params.map((param) => param.default);
  const text = stringsIn([rest, defaults])
    .filter((one) => one.includes("params"))
    .join("\n");
  const names = params.map(({ name }) => name).filter((name) => !isUsed(name, text));
  const misspelt = new Set(
    [...text.matchAll(/\bparams(?:\.|\[["'])([\w-]+)/g)].map(([, used = ""]) => {
      return params.some(({ name }) => name === used) ? undefined : nearestName(used, names);
    }),
  );
  return params.flatMap(({ name }, index) => {
    // The bot gives the reserved ones to every pipeline.
    const isOther = isReservedParam(name) || forgotten.has(name) || misspelt.has(name);
    if (isOther || !names.includes(name)) return [];
    return [
      mistakeAt(source, "param-unused", [...at, index, "name"], "value", {
        message: `Nothing in the ${kind} uses its parameter ${quoted(name)}: whatever is given has no effect.`,
        help: `Write $(params.${name}) where it belongs, or remove the parameter.`,
      }),
    ];
  });
}

function isUsed(name: string, text: string): boolean {
  const forms = [`params.${name}`, `params['${name}']`, `params["${name}"]`];
  return forms.some((form) => {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      if (!/[\w-]/.test(text[at + form.length] ?? "")) return true;
    }
    return false;
  });
}
