import type { PipelineUseSite } from "../../streams/checks/pipeline-uses.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { ParamSpec } from "../../tekton/types.ts";
import type { Problem } from "../../problem.ts";
import { quoted } from "../../quoted.ts";

/** A param that a trigger hands on. */
export interface TriggerParam {
  readonly name: string;
  /** What it is where a request does not give it; a request without it and without a default starts nothing. */
  readonly default?: string;
}

interface TriggerParams {
  readonly params: readonly TriggerParam[];
  readonly problems: readonly Problem[];
}

/** A dot would be a step into the request's body. */
const passableName = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/** Tekton Triggers puts a default into the JSON of a template as it stands, and Tekton reads `$(` in it as a variable. */
const impassable = /\$\(|["\\\p{Cc}]/u;

/**
 * The params of one pipeline that its trigger lists. Of a pipeline of this repository these are all that are strings; of
 * another, those that are given to it, which are all that is known of it offline. Params that nobody gives and that a
 * trigger could not carry keep the pipeline's own default.
 */
export function paramsOfTrigger(
  repository: StreamsRepository,
  pipeline: string,
  sites: readonly PipelineUseSite[],
): TriggerParams {
  const [site] = sites;
  const declared = site === undefined ? undefined : ownParams(repository, site);
  const given = new Set(sites.flatMap(({ use }) => Object.keys(use.params ?? {})));
  const names =
    declared === undefined ? [...given].sort() : declared.map((param: ParamSpec) => param.name);
  const params: TriggerParam[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const spec = declared?.find((param) => param.name === name);
    const isGiven = given.has(name);
    const isGivenByAll = sites.every(({ use }) => Object.hasOwn(use.params ?? {}, name));
    const why = reasonAgainst(name, spec, { isKnown: declared !== undefined, isGivenByAll });
    if (why === undefined) params.push(triggerParam(name, spec, isGivenByAll));
    else if (isGiven || spec?.default === undefined)
      problems.push({
        kind: "unsupported",
        where: `param ${quoted(name)} of the pipeline ${quoted(pipeline)}`,
        ...why,
      });
  }
  return { params, problems };
}

function ownParams(
  repository: StreamsRepository,
  { use }: PipelineUseSite,
): readonly ParamSpec[] | undefined {
  // A pipeline of elsewhere may have been fetched or not; the manifests must not depend on it.
  if (!("path" in use.pipelineRef)) return undefined;
  return repository.pipelines.get(use.pipelineRef.path)?.value.spec.params ?? [];
}

function triggerParam(
  name: string,
  spec: ParamSpec | undefined,
  isGivenByAll: boolean,
): TriggerParam {
  const otherwise = spec?.default;
  if (typeof otherwise !== "string") return { name };
  return isGivenByAll && impassable.test(otherwise) ? { name } : { name, default: otherwise };
}

/** Why a trigger cannot carry a param, and what to do; undefined where it can. */
function reasonAgainst(
  name: string,
  spec: ParamSpec | undefined,
  { isKnown, isGivenByAll }: { readonly isKnown: boolean; readonly isGivenByAll: boolean },
): Pick<Problem, "what" | "next"> | undefined {
  if (spec !== undefined && (spec.type ?? "string") !== "string")
    return {
      what: `It is of type ${spec.type ?? "array"}, and a listener hands on strings only.`,
      next: "Let the pipeline take a string and take it apart, or give the param a default there.",
    };
  if (!passableName.test(name))
    return {
      what: "A binding cannot name it, as it would read the dot as a step into the request.",
      next: "Rename it in the pipeline.",
    };
  if (isGivenByAll) return undefined;
  if (!isKnown)
    return {
      what: "Only some of the streams give it, and the pipeline's default is not known here.",
      next: "Give it in each stream that uses the pipeline.",
    };
  if (typeof spec?.default === "string" && impassable.test(spec.default))
    return {
      what: `Its default ${quoted(spec.default)} has characters that a TriggerTemplate breaks or takes for a variable.`,
      next: "Give it in each stream that uses the pipeline.",
    };
  return undefined;
}
