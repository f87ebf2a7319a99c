import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { ParamSpec } from "../types.ts";
import { repeated } from "./repeated.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { declaredType } from "./value-use.ts";

/** Declarations of params that contradict themselves. */
export function paramSpecFaults(
  params: readonly ParamSpec[] | undefined,
  at: NodePath,
): TektonFault[] {
  return (params ?? []).flatMap((param, index) => [
    ...defaultFaults(param, [...at, index]),
    ...enumFaults(param, [...at, index]),
  ]);
}

/** Params of type object that do not say which keys they have, where Tekton asks for it. */
export function missingPropertiesFaults(
  params: readonly ParamSpec[] | undefined,
  at: NodePath,
): TektonFault[] {
  return (params ?? []).flatMap((param, index): TektonFault[] => {
    if (declaredType(param) !== "object" || param.properties !== undefined) return [];
    const message = `The parameter ${quoted(param.name)} is an object without \`properties\`.`;
    const help = "Name its keys: `properties: {KEY: {type: string}}`.";
    const path = [...at, index, "name"];
    return [{ rule: "param-declaration", path, part: "value", message, help }];
  });
}

function defaultFaults(param: ParamSpec, at: NodePath): TektonFault[] {
  if (param.default === undefined) return [];
  const wanted = declaredType(param);
  const given = declaredType({ name: param.name, default: param.default });
  if (wanted === given) return [];
  const message = `The parameter ${quoted(param.name)} is of type ${wanted}, and its default of type ${given}.`;
  // A list or mapping that holds anything but strings was read as text.
  const help =
    typeof param.default === "string" && /^[[{]/.test(param.default)
      ? "Put every entry in quotes: Tekton takes a list or mapping with other values for one string."
      : "Make the two agree.";
  return [{ rule: "param-declaration", path: [...at, "default"], part: "value", message, help }];
}

function enumFaults(param: ParamSpec, at: NodePath): TektonFault[] {
  const { name, enum: allowed = [], default: preset } = param;
  if (allowed.length === 0) return [];
  const rule = "param-declaration";
  if (declaredType(param) !== "string") {
    const message = `The parameter ${quoted(name)} has an \`enum\` and is no string.`;
    const help = "Remove the `enum`, or declare a string.";
    return [{ rule, path: [...at, "enum"], part: "key", message, help }];
  }
  const twice = repeated(allowed).map((index): TektonFault => {
    const message = `The \`enum\` lists ${quoted(allowed[index])} twice.`;
    return { rule, path: [...at, "enum", index], part: "value", message, help: "Remove one." };
  });
  if (typeof preset !== "string" || preset === "" || allowed.includes(preset)) return twice;
  const path = [...at, "default"];
  const nearest = nearestName(preset, allowed);
  return [
    ...twice,
    {
      rule,
      path,
      part: "value",
      message: `The default ${quoted(preset)} is none of the values in \`enum\`.`,
      help: suggestName(preset, allowed, "value"),
      ...(nearest !== undefined && { fix: replaceValue(path, nearest) }),
    },
  ];
}
