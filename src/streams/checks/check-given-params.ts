import type { ParamSpec, Pipeline } from "../../tekton/types.ts";
import { renameKey, replaceValue } from "../../yaml/node-fix.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";
import { quoted } from "../../quoted.ts";
import { isReservedParam } from "../runs/reserved-params.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";

/** The params that a use gives, against those that its pipeline declares. */
export function checkGivenParams(site: PipelineUseSite, { metadata, spec }: Pipeline): Mistake[] {
  const given = site.use.params ?? {};
  const isFilled = (name: string) => "path" in site.use.pipelineRef && isReservedParam(name);
  const declared = new Map(
    (spec.params ?? []).filter(({ name }) => !isFilled(name)).map((param) => [param.name, param]),
  );
  const paramsPath = [...site.at, "params"];
  const ofGiven = Object.entries(given).flatMap(([name, value]): Mistake[] => {
    if (isFilled(name)) return [];
    const param = declared.get(name);
    if (param === undefined) {
      const nearest = nearestName(name, declared.keys());
      const path = [...paramsPath, name];
      const message = `The pipeline ${quoted(metadata.name)} has no parameter ${quoted(name)}.`;
      // Triggers of a foreign pipeline may take params that the pipeline itself does not know.
      if (nearest === undefined && !("path" in site.use.pipelineRef)) {
        const help = "Remove it, unless the trigger on the cluster reads it.";
        return [mistakeAt(site.source, "param-beyond-pipeline", path, "key", { message, help })];
      }
      return [
        mistakeAt(site.source, "param-unknown", path, "key", {
          message,
          help: suggestName(name, declared.keys(), "parameter"),
          ...(nearest !== undefined && { fix: renameKey(path, nearest) }),
        }),
      ];
    }
    return checkValue(site, param, value);
  });
  // A misspelt name is one mistake, not an unknown and a missing parameter.
  const meant = new Set(
    Object.keys(given)
      .filter((name) => !declared.has(name))
      .map((name) =>
        nearestName(
          name,
          [...declared.keys()].filter((d) => !Object.hasOwn(given, d)),
        ),
      ),
  );
  const missing = [...declared.values()]
    .filter(({ name }) => !Object.hasOwn(given, name) && !meant.has(name))
    .filter((param) => param.default === undefined)
    .map((param) => missingParam(site, param, metadata.name));
  return [...ofGiven, ...missing];
}

function checkValue({ source, at }: PipelineUseSite, param: ParamSpec, value: string): Mistake[] {
  const path = [...at, "params", param.name];
  if (isStructured(param)) {
    return [
      mistakeAt(source, "param-type", path, "key", {
        message: `The parameter ${quoted(param.name)} is of type ${param.type ?? "array"}; a stream can give strings only.`,
        help: "Let the pipeline take a string, or leave the parameter at its default.",
      }),
    ];
  }
  const allowed = param.enum;
  // What $(…) becomes is known only when the run starts.
  if (allowed === undefined || allowed.includes(value) || value.includes("$(")) return [];
  const nearest = nearestName(value, allowed);
  return [
    mistakeAt(source, "param-value", path, "value", {
      message: `${quoted(value)} is no allowed value of ${quoted(param.name)}.`,
      help: suggestName(value, allowed, "value"),
      ...(nearest !== undefined && { fix: replaceValue(path, nearest) }),
    }),
  ];
}

function missingParam(
  { source, at }: PipelineUseSite,
  param: ParamSpec,
  pipeline: string,
): Mistake {
  if (isStructured(param)) {
    return mistakeAt(source, "param-type", [...at, "params"], "key", {
      message: `The pipeline ${quoted(pipeline)} needs ${quoted(param.name)} of type ${param.type ?? "array"}; a stream can give strings only.`,
      help: "Let the pipeline take a string, or give the parameter a default there.",
    });
  }
  const meaning = param.description === undefined ? "" : ` (${quoted(param.description.trim())})`;
  return mistakeAt(source, "param-missing", [...at, "params"], "key", {
    message: `The parameter ${quoted(param.name)} of the pipeline ${quoted(pipeline)} is not given and has no default.`,
    help: `Add \`${param.name}:\` under \`params\`${meaning}.`,
  });
}

function isStructured(param: ParamSpec): boolean {
  return (param.type ?? "string") !== "string" || param.properties !== undefined;
}
