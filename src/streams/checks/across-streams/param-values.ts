import type { Pipeline } from "../../../tekton/types.ts";
import { substituteText } from "../../../tekton/substitute.ts";
import type { NodePath } from "../../../yaml/types.ts";
import { streamVariables } from "../../runs/fill-variables.ts";
import type { Sourced } from "../../repository.ts";
import type { Stream } from "../../types.ts";

/** A param that a build is given or left to its pipeline's default, as far as the review knows it. */
export interface BuildParam {
  readonly name: string;
  readonly value: string;
  /** Where a person would change it. */
  readonly path: NodePath;
}

const paramsPath = ["spec", "build", "params"];

/** The params of a stream's build with what the stream says filled in, and the defaults of its pipeline. */
export function buildParams(stream: Stream, pipeline: Sourced<Pipeline> | undefined): BuildParam[] {
  const known = streamVariables(stream);
  const given = stream.spec.build.params ?? {};
  const defaults = (pipeline?.value.spec.params ?? []).flatMap((param) => {
    if (Object.hasOwn(given, param.name) || typeof param.default !== "string") return [];
    return [{ name: param.name, value: param.default, path: paramsPath }];
  });
  const own = Object.entries(given).map(([name, value]) => ({
    name,
    value: substituteText(value, known),
    path: [...paramsPath, name],
  }));
  return [...own, ...defaults];
}
