import { variablesIn } from "../../tekton/variables.ts";
import type { TriggerBinding, TriggerSpec, TriggerTemplate } from "../../tekton/trigger-schemas.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import type { Sourced } from "../repository.ts";
import { nearby } from "./nearby.ts";
import type { TektonObjects } from "./tekton-objects.ts";

/** A param that a trigger's bindings give, and where it is written. */
export interface BoundParam {
  readonly name: string;
  readonly value: string;
  readonly source: SourceDocument;
  readonly at: NodePath;
}

/** One trigger, of a listener or by itself, with what it names as far as that stands among the files. */
export interface ListenedTrigger {
  readonly path: string;
  readonly source: SourceDocument;
  readonly at: NodePath;
  readonly spec: TriggerSpec;
  /** The listener's name; undefined for a Trigger by itself. */
  readonly listener?: string;
  readonly template?: Sourced<TriggerTemplate>;
  readonly params: readonly BoundParam[];
  /** True where every binding stands among the files, so that `params` are all that there are. */
  readonly isComplete: boolean;
}

/** Every trigger, with its bindings and its template. */
export function listenedTriggers(objects: TektonObjects): ListenedTrigger[] {
  const bindingOf = nearby(objects.triggerBindings);
  const templateOf = nearby(objects.triggerTemplates);
  const listened = (
    { path, source }: Pick<Sourced<unknown>, "path" | "source">,
    at: NodePath,
    spec: TriggerSpec,
    listener?: string,
  ): ListenedTrigger => {
    const uses = (spec.bindings ?? []).map((use, index) => ({
      use,
      at: [...at, "bindings", index],
    }));
    const found = uses.map(({ use, at: place }) => {
      if (use.ref === undefined) return paramOnTheSpot(source, place, use.name, use.value);
      return isClusterBinding(use.kind) ? undefined : paramsOf(bindingOf(use.ref, path));
    });
    const name = spec.template?.ref ?? spec.template?.name;
    const template = name === undefined ? undefined : templateOf(name, path);
    return {
      path,
      source,
      at,
      spec,
      ...(listener !== undefined && { listener }),
      ...(template !== undefined && { template }),
      params: found.flatMap((params) => params ?? []),
      isComplete: !found.includes(undefined),
    };
  };
  return [
    ...objects.triggers.map((one) => listened(one, ["spec"], one.value.spec)),
    ...objects.eventListeners.flatMap((one) =>
      (one.value.spec.triggers ?? []).map((spec, index) =>
        listened(one, ["spec", "triggers", index], spec, one.value.metadata.name),
      ),
    ),
  ];
}

/** True for the kind of bindings that belong to no namespace, and so often to no repository. */
export function isClusterBinding(kind: string | undefined): boolean {
  return kind === "ClusterTriggerBinding";
}

function paramOnTheSpot(
  source: SourceDocument,
  at: NodePath,
  name: string | undefined,
  value: string | undefined,
): BoundParam[] | undefined {
  return name === undefined || value === undefined ? undefined : [{ name, value, source, at }];
}

function paramsOf(binding: Sourced<TriggerBinding> | undefined): BoundParam[] | undefined {
  if (binding === undefined) return undefined;
  return (binding.value.spec.params ?? []).map(({ name, value }, index) => {
    return { name, value, source: binding.source, at: ["spec", "params", index] };
  });
}

/** The ways into the request's body that a text reads; undefined where it holds an expression that is not that plain. */
export function bodyPathsIn(text: string): string[][] | undefined {
  const variables = variablesIn(text);
  const opened = text.split("$(").length - 1;
  if (variables.length !== opened) return undefined;
  return variables.filter(({ parts }) => parts[0] === "body").map(({ parts }) => parts.slice(1));
}
