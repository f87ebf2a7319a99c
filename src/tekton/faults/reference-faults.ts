import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { ObjectRef, PipelineTask } from "../types.ts";
import { caselessDuplicateFaults } from "./duplicate-faults.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** Where a fault stands, as `SourceDocument.rangeOf` takes it. */
export type Place = Pick<TektonFault, "path" | "part">;

/**
 * Exactly one of some fields of the object at `at` must say what runs. Where none does, the fault stands at `name`;
 * where several do, at the second.
 */
export function oneOfFaults<Field extends string>(
  object: Readonly<Partial<Record<Field, unknown>>>,
  fields: readonly Field[],
  at: NodePath,
  { what, name }: { readonly what: string; readonly name: Place },
): TektonFault[] {
  const [first, second] = fields.filter((field) => object[field] !== undefined);
  const fault = (place: Place, message: string, help: string): TektonFault[] => [
    { rule: "tekton-reference", ...place, message, help },
  ];
  if (first === undefined) {
    const choice = fields.slice(0, 2).map((field) => `\`${field}\``);
    return fault(name, `${what} does not say what it runs.`, `Add ${choice.join(" or ")}.`);
  }
  if (second === undefined) return [];
  const message = `${what} has both \`${first}\` and \`${second}\`.`;
  return fault({ path: [...at, second], part: "key" }, message, "Keep one of the two.");
}

/** What is wrong with the `taskRef` of a task in a pipeline, which may be one of a custom task. */
export function taskRefFaults({ taskRef }: PipelineTask, at: NodePath): TektonFault[] {
  if (taskRef === undefined) return [];
  const path = [...at, "taskRef"];
  const { kind, apiVersion } = taskRef;
  const ofTekton = apiVersion?.startsWith("tekton.dev/") === true;
  if (kind === "ClusterTask") {
    return [
      {
        rule: "tekton-gone",
        path: [...path, "kind"],
        part: "value",
        message: "Tekton has no ClusterTask any more.",
        help: "Refer to a Task, such as one of this repository through the resolver `git`.",
      },
    ];
  }
  const isTask = kind === undefined || kind === "" || kind === "Task";
  if (ofTekton && isTask) {
    return [
      {
        rule: "tekton-reference",
        path: [...path, "apiVersion"],
        part: "key",
        message:
          "With an `apiVersion` Tekton takes a task for a custom one, and waits for a controller that does not exist.",
        help: "Remove the `apiVersion`.",
      },
    ];
  }
  if (isTask && apiVersion === undefined) return referenceFaults(taskRef, path);
  return customTaskFaults(taskRef, path);
}

function customTaskFaults({ kind, apiVersion }: ObjectRef, path: NodePath): TektonFault[] {
  if (apiVersion === undefined) {
    return [
      {
        rule: "tekton-reference",
        path: [...path, "kind"],
        part: "value",
        message: `Tekton knows no ${quoted(kind)}, and a custom task needs its \`apiVersion\`.`,
        help: "Write `kind: Task`, or add the `apiVersion` of the custom task.",
      },
    ];
  }
  if (/^[^/]+\/[^/]+$/.test(apiVersion)) return [];
  return [
    {
      rule: "tekton-reference",
      path: [...path, "apiVersion"],
      part: "value",
      message: `${quoted(apiVersion)} is no group and version.`,
      help: "Write it as `GROUP/VERSION`.",
    },
  ];
}

const qualifiedName =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** What is wrong with a reference to a Task or Pipeline: by name, or by a resolver with params. */
export function referenceFaults(ref: ObjectRef, at: NodePath): TektonFault[] {
  const { name = "", resolver = "", params } = ref;
  const wrong = (
    path: NodePath,
    part: "key" | "value",
    message: string,
    help: string,
  ): TektonFault => ({
    rule: "tekton-reference",
    path,
    part,
    message,
    help,
  });
  const isUrl = /[\w-]+:\/\//.test(name);
  if (resolver === "") {
    if (params !== undefined) {
      const help = "Add the `resolver`, such as `git`, or remove the `params`.";
      return [
        wrong([...at, "params"], "key", "There are `params` for a resolver, but none.", help),
      ];
    }
    if (name === "") return [wrong(at, "key", "The reference has no `name`.", "Add it.")];
    if (qualifiedName.test(name)) return [];
    const help = "Write the name of an object of the same namespace, or add a `resolver`.";
    return [wrong([...at, "name"], "value", `${quoted(name)} is no name of an object.`, help)];
  }
  const both =
    name !== "" && (params !== undefined || !isUrl)
      ? [
          wrong(
            [...at, "name"],
            "key",
            `There is a \`name\` beside the resolver ${quoted(resolver)}.`,
            "Remove it: a resolver finds the object by its `params`.",
          ),
        ]
      : [];
  return [...both, ...caselessDuplicateFaults(params, [...at, "params"], "parameter")];
}
