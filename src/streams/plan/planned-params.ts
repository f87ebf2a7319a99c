import { substituteText } from "../../tekton/substitute.ts";
import { streamVariables } from "../runs/fill-variables.ts";
import type { PlannedParam } from "./plan.ts";
import type { StreamsRepository } from "../repository.ts";
import { isReservedParam } from "../runs/reserved-params.ts";
import type { PipelineUse, Stream } from "../types.ts";

/**
 * The params of a stream's use of a pipeline with the defaults of that pipeline, where it stands in this repository;
 * sorted by name. What the stream itself gives is filled in; what only a run knows stays as it is written.
 */
export function plannedParams(
  { pipelines }: Pick<StreamsRepository, "pipelines">,
  stream: Stream,
  use: PipelineUse,
): PlannedParam[] {
  const known = streamVariables(stream);
  const pipeline = "path" in use.pipelineRef ? pipelines.get(use.pipelineRef.path) : undefined;
  const given = use.params ?? {};
  const declared = (pipeline?.value.spec.params ?? []).flatMap((param): PlannedParam[] => {
    const { name } = param;
    if (isReservedParam(name)) {
      const value = name === "revision" ? "the merged commit" : "this repository";
      return [{ name, value, source: "repository" }];
    }
    if (Object.hasOwn(given, name) || param.default === undefined) return [];
    const value = typeof param.default === "string" ? param.default : JSON.stringify(param.default);
    return [{ name, value, source: "default" }];
  });
  const set = Object.entries(given).map(([name, value]): PlannedParam => {
    return { name, value: substituteText(value, known), source: "stream" };
  });
  return [...set, ...declared].sort((a, b) => (a.name < b.name ? -1 : 1));
}
