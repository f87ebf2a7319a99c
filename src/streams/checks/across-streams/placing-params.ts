import { substituteText } from "../../../tekton/substitute.ts";
import type { Pipeline } from "../../../tekton/types.ts";
import type { NodePath } from "../../../yaml/types.ts";
import { streamVariables } from "../../runs/fill-variables.ts";
import type { Stream } from "../../types.ts";

/** What a param says of the place that a build writes to. */
export type ParamRole =
  | "registry"
  | "repository"
  | "tag"
  | "bucket"
  | "folder"
  | "endpoint"
  | "architecture"
  | "imageSwitch"
  | "bucketSwitch";

/** What params mean is told by their names: those of OKD's pipelines, and others that name the same things. */
const roles: readonly (readonly [ParamRole, RegExp])[] = [
  ["repository", /(?:^|-)(?:image-(?:name|repository|repo)|(?:result|output|target)-image)$/],
  ["tag", /^(?:image-)?(?:tag|version)$/],
  ["registry", /^(?:(?:target|result|output|push)-)?registry$/],
  ["bucket", /(?:^|-)bucket(?:-name)?$/],
  ["folder", /^release-stream$|(?:^|-)(?:prefix|folder)$|^(?:s3|bucket)-path$/],
  ["endpoint", /^(?:s3|bucket)-endpoint/],
  ["architecture", /^arch(?:itecture)?s?$/],
  ["imageSwitch", /^(?:upload|push)-(?:container-)?images?$/],
  ["bucketSwitch", /^(?:upload|push)-(?:boot-?images|s3|artifacts)$/],
];

/** Where a build starts from is no place that it writes to. */
const start = /(?:^|-)(?:base|builder|from|initial|input|parent|previous|source|upstream)(?:-|$)/;

interface PlacingParam {
  readonly value: string;
  /** Where a person would change it. */
  readonly path: NodePath;
}

export type PlacingParams = ReadonlyMap<ParamRole, readonly PlacingParam[]>;

const paramsPath = ["spec", "build", "params"];

/**
 * The params of a stream's build that say where it writes to, with what the stream says filled in, and the defaults of its
 * pipeline as far as the review knows it.
 */
export function placingParams(stream: Stream, pipeline: Pipeline | undefined): PlacingParams {
  const known = streamVariables(stream);
  const given = stream.spec.build.params ?? {};
  const found = new Map<ParamRole, PlacingParam[]>();
  const add = (name: string, text: string, path: NodePath): void => {
    const role = roleOf(name);
    if (role === undefined) return;
    const param = { value: text.includes("$(") ? substituteText(text, known) : text, path };
    const others = found.get(role);
    if (others === undefined) found.set(role, [param]);
    else others.push(param);
  };
  for (const name of Object.keys(given)) add(name, given[name] ?? "", [...paramsPath, name]);
  for (const param of pipeline?.spec.params ?? []) {
    if (Object.hasOwn(given, param.name) || typeof param.default !== "string") continue;
    add(param.name, param.default, paramsPath);
  }
  return found;
}

function roleOf(name: string): ParamRole | undefined {
  const found = roles.find(([, names]) => names.test(name));
  return found === undefined || start.test(name) ? undefined : found[0];
}
