import { stringsAt } from "../../../tekton/faults/strings-at.ts";
import { variablesIn } from "../../../tekton/variables.ts";
import type { TriggerTemplate } from "../../../tekton/trigger-schemas.ts";
import { quoted } from "../../../quoted.ts";
import { nearestName, suggestName } from "../../../suggest-name.ts";
import { replaceValue } from "../../../yaml/node-fix.ts";
import { valueAt } from "../../json.ts";
import type { Sourced } from "../../repository.ts";
import { isClusterBinding, listenedTriggers } from "../../tekton-files/listened.ts";
import type { ListenedTrigger } from "../../tekton-files/listened.ts";
import { nearby } from "../../tekton-files/nearby.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { groupBy } from "./group-by.ts";

/** What the parts of Tekton Triggers hand to each other: requests to bindings, bindings to templates, templates to runs. */
export function checkTriggers(objects: TektonObjects): Mistake[] {
  const triggers = listenedTriggers(objects);
  const ofTemplate = groupBy(
    triggers.filter(({ template }) => template !== undefined),
    ({ template }) => `${template?.path ?? ""} ${template?.value.metadata.name ?? ""}`,
  );
  return [
    ...objects.triggerTemplates.flatMap((template) => {
      const users = ofTemplate.get(`${template.path} ${template.value.metadata.name}`) ?? [];
      return checkTemplate(template, users);
    }),
    ...triggers.flatMap(checkBoundParams),
    ...checkReferences(objects, triggers),
  ];
}

/** Where each `$(tt.params.NAME)` of a template stands. */
function usesOf({ value }: Sourced<TriggerTemplate>) {
  const strings = stringsAt(value.spec.resourcetemplates, ["spec", "resourcetemplates"]);
  return strings.flatMap(({ text, path }) =>
    variablesIn(text).flatMap(({ written, parts }) => {
      const [tt, params, name] = parts;
      return tt === "tt" && params === "params" && name !== undefined
        ? [{ name, written, path }]
        : [];
    }),
  );
}

function checkTemplate(
  template: Sourced<TriggerTemplate>,
  triggers: readonly ListenedTrigger[],
): Mistake[] {
  const { source, value } = template;
  const declared = new Map((value.spec.params ?? []).map((param) => [param.name, param]));
  const uses = usesOf(template);
  const used = new Set(uses.map(({ name }) => name));
  const undeclared = uses
    .filter(({ name }) => !declared.has(name))
    .map(({ name, written, path }): Mistake => {
      return mistakeAt(source, "trigger-param-undeclared", path, "value", {
        piece: written,
        message: `The template declares no parameter ${quoted(name)}.`,
        help: suggestName(name, declared.keys(), "parameter"),
      });
    });
  const unused = (value.spec.params ?? []).flatMap(({ name }, index) => {
    if (used.has(name)) return [];
    return [
      mistakeAt(source, "trigger-param-unused", ["spec", "params", index, "name"], "value", {
        message: `Nothing in the template uses its parameter ${quoted(name)}.`,
        help: `Write $(tt.params.${name}) where it belongs, or remove the parameter.`,
      }),
    ];
  });
  const ungiven = (value.spec.params ?? []).flatMap((param, index): Mistake[] => {
    const lacking = triggers.find(
      ({ params, isComplete }) => isComplete && !params.some(({ name }) => name === param.name),
    );
    if (param.default !== undefined || !used.has(param.name) || lacking === undefined) return [];
    return [
      mistakeAt(source, "trigger-param-missing", ["spec", "params", index, "name"], "value", {
        message: `No binding of the trigger in ${lacking.path} gives ${quoted(param.name)}, which has no default.`,
        help: "Add it to the TriggerBinding, or give it a default.",
      }),
    ];
  });
  return [...undeclared, ...unused, ...ungiven];
}

function checkBoundParams({ template, params }: ListenedTrigger): Mistake[] {
  if (template === undefined) return [];
  const declared = new Set((template.value.spec.params ?? []).map(({ name }) => name));
  return params.flatMap(({ name, source, at }) => {
    if (declared.has(name)) return [];
    return [
      mistakeAt(source, "trigger-param-unread", [...at, "name"], "value", {
        message: `The TriggerTemplate ${quoted(template.value.metadata.name)} declares no parameter ${quoted(name)}: the value goes nowhere.`,
        help: suggestName(name, declared, "parameter"),
      }),
    ];
  });
}

/** Kinds with names of all objects, also of those that have mistakes of their own. */
function writtenNames({ documents }: TektonObjects): ReadonlySet<string> {
  return new Set(
    documents.map(
      ({ value }) => `${String(value["kind"])} ${String(valueAt(value, ["metadata", "name"]))}`,
    ),
  );
}

function checkReferences(objects: TektonObjects, triggers: readonly ListenedTrigger[]): Mistake[] {
  const bindingOf = nearby(objects.triggerBindings);
  const written = writtenNames(objects);
  const bindings = objects.triggerBindings.map(({ value }) => value.metadata.name);
  const templates = objects.triggerTemplates.map(({ value }) => value.metadata.name);
  return triggers.flatMap((trigger) => {
    const { source, path, at, spec } = trigger;
    const field = spec.template?.ref === undefined ? "name" : "ref";
    const template = spec.template?.[field];
    const missing = [
      ...(spec.bindings ?? []).map(({ ref, kind }, index) => {
        const isThere =
          ref === undefined ||
          isClusterBinding(kind) ||
          bindingOf(ref, path) !== undefined ||
          written.has(`TriggerBinding ${ref}`);
        const place = [...at, "bindings", index, "ref"];
        return { kind: "TriggerBinding", name: isThere ? undefined : ref, names: bindings, place };
      }),
      {
        kind: "TriggerTemplate",
        name:
          trigger.template !== undefined || written.has(`TriggerTemplate ${template ?? ""}`)
            ? undefined
            : template,
        names: templates,
        place: [...at, "template", field],
      },
    ];
    return missing.flatMap(({ kind, name, names, place }): Mistake[] => {
      if (name === undefined) return [];
      const nearest = nearestName(name, names);
      return [
        mistakeAt(source, "trigger-reference-missing", place, "value", {
          message: `There is no ${kind} ${quoted(name)} among the files.`,
          help: suggestName(name, names, kind),
          ...(nearest !== undefined && { fix: replaceValue(place, nearest) }),
        }),
      ];
    });
  });
}
