import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import { resolveParams } from "../resolve-params.ts";
import type { Param, ParamSpec } from "../types.ts";
import { stringsAt } from "./strings-at.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { variablesIn } from "../variables.ts";

/** What is wrong with the params of a run for the spec that it embeds, or for that of `callee`, which it names. */
export function runParamFaults(
  params: readonly Param[] | undefined,
  spec: { readonly params?: readonly ParamSpec[] },
  callee?: string,
): TektonFault[] {
  const given = params ?? [];
  const declared = spec.params ?? [];
  const names = new Set(declared.map(({ name }) => name));
  const free = declared
    .map(({ name }) => name)
    .filter((name) => !given.some((p) => p.name === name));
  const used = usedParams(spec);
  const unknown = given.flatMap(({ name }, index) =>
    // Tekton hands a run's params on to everything in an embedded spec that uses them.
    names.has(name) || used.has(name) ? [] : [{ name, index, meant: nearestName(name, free) }],
  );
  const meant = new Set(unknown.map((param) => param.meant));
  return [
    ...unknown.map((param) => unknownFault(param, names, callee)),
    ...declared
      .filter(({ name, default: value }) => value === undefined && free.includes(name))
      .filter(({ name }) => !meant.has(name))
      .map(({ name }): TektonFault => {
        return {
          rule: "run-param-missing",
          path: params === undefined ? ["spec"] : ["spec", "params"],
          part: "key",
          message: `The parameter ${quoted(name)} is not given and has no default.`,
          help: "Add it under `params` of the run.",
        };
      }),
    ...given.flatMap((param, index) => valueFaults(param, index, declared)),
  ];
}

function usedParams(spec: unknown): ReadonlySet<string> {
  return new Set(
    stringsAt(spec, []).flatMap(({ text }) =>
      variablesIn(text).flatMap(({ parts: [root, name] }) =>
        root === "params" && name !== undefined ? [name] : [],
      ),
    ),
  );
}

function unknownFault(
  {
    name,
    index,
    meant,
  }: { readonly name: string; readonly index: number; readonly meant: string | undefined },
  names: ReadonlySet<string>,
  callee: string | undefined,
): TektonFault {
  const path = ["spec", "params", index, "name"];
  const told =
    callee === undefined ? "Nothing in the run declares or uses the" : `${callee} declares no`;
  return {
    rule: "run-param-unknown",
    path,
    part: "value",
    message: `${told} parameter ${quoted(name)}.`,
    help: suggestName(name, names, "parameter"),
    ...(meant !== undefined && { fix: replaceValue(path, meant) }),
  };
}

function valueFaults(param: Param, index: number, declared: readonly ParamSpec[]): TektonFault[] {
  const specs = declared.filter(({ name }) => name === param.name);
  const resolved = resolveParams(specs, [param]);
  if (!("fault" in resolved)) return [];
  return [
    {
      rule: "run-param-value",
      path: ["spec", "params", index, "value"],
      part: "value",
      message: `The value does not suit the parameter: ${resolved.fault.message}.`,
      help: "Write a value of the declared type, with all its keys, or correct the declaration.",
    },
  ];
}
