import type { Pipeline } from "../../../tekton/types.ts";
import type { NodePath } from "../../../yaml/types.ts";
import { buildParams } from "./param-values.ts";
import type { BuildParam } from "./param-values.ts";
import type { Sourced } from "../../repository.ts";
import type { Stream } from "../../types.ts";

/** A place that a build writes to. */
export interface WrittenPlace {
  readonly kind: "image" | "bucket";
  /** The same for every build that writes there. */
  readonly key: string;
  /** As a person would name it. */
  readonly text: string;
  readonly path: NodePath;
}

/**
 * What params mean is told by their names: those of OKD's pipelines, and others that name the same things. Where a build
 * starts from is no place that it writes to.
 */
const names = {
  start: /(?:^|-)(?:base|builder|from|initial|input|parent|previous|source|upstream)(?:-|$)/,
  registry: /^(?:(?:target|result|output|push)-)?registry$/,
  repository: /(?:^|-)(?:image-(?:name|repository|repo)|(?:result|output|target)-image)$/,
  tag: /^(?:image-)?(?:tag|version)$/,
  bucket: /(?:^|-)bucket(?:-name)?$/,
  prefix: /^release-stream$|(?:^|-)(?:prefix|folder)$|^(?:s3|bucket)-path$/,
  endpoint: /^(?:s3|bucket)-endpoint/,
  architecture: /^arch(?:itecture)?s?$/,
  imageSwitch: /^(?:upload|push)-(?:container-)?images?$/,
  bucketSwitch: /^(?:upload|push)-(?:boot-?images|s3|artifacts)$/,
} as const;

/** The places that the builds of a stream write to, each once, as far as its params and its release tell. */
export function writtenPlaces(
  stream: Stream,
  pipeline: Sourced<Pipeline> | undefined,
): WrittenPlace[] {
  const params = buildParams(stream, pipeline).filter(({ name }) => !names.start.test(name));
  const places = [
    ...releasedImage(stream),
    ...images(stream, params),
    ...bucketFolder(stream, params),
  ];
  const found = new Map(places.filter(isOfEveryRun).map((place) => [place.key, place]));
  return [...found.values()];
}

/** A place with the time or the id of its run is written to once. */
function isOfEveryRun({ key }: WrittenPlace): boolean {
  return !/\$\(run\.(?:id|time)\)/.test(key);
}

function releasedImage({ spec }: Stream): WrittenPlace[] {
  if (!("image" in spec.release.from)) return [];
  const text = withTag(spec.release.from.image, "latest");
  const path = ["spec", "release", "from", "image"];
  return [{ kind: "image", key: `image ${onCluster(spec.build.cluster, text)}`, text, path }];
}

function images(stream: Stream, params: readonly BuildParam[]): WrittenPlace[] {
  if (isOff(params, names.imageSwitch)) return [];
  const registry = valueOf(params, names.registry);
  const tag = valueOf(params, names.tag) ?? "latest";
  return params.flatMap(({ name, value, path }): WrittenPlace[] => {
    if (!names.repository.test(name)) return [];
    const repository = registry === undefined ? value : `${registry}/${value}`;
    // A name without a registry or a folder is none of an image repository.
    if (!repository.includes("/")) return [];
    const text = withTag(repository, tag);
    const place = onCluster(stream.spec.build.cluster, text);
    const key = `image ${place} for ${architecturesOf(stream, params)}`;
    return [{ kind: "image", key, text, path }];
  });
}

function bucketFolder(stream: Stream, params: readonly BuildParam[]): WrittenPlace[] {
  const bucket = params.find(({ name }) => names.bucket.test(name));
  const prefixes = params.filter(({ name }) => names.prefix.test(name));
  const prefix = prefixes[0];
  // Without a folder that is known, builds may well be kept apart by something else.
  if (bucket === undefined || bucket.value === "" || prefix === undefined) return [];
  if (isOff(params, names.bucketSwitch)) return [];
  const text = [bucket, ...prefixes].map(({ value }) => value).join("/");
  const endpoint = valueOf(params, names.endpoint) ?? "";
  const key = `bucket ${endpoint} ${text} for ${architecturesOf(stream, params)}`;
  return [{ kind: "bucket", key, text, path: prefix.path }];
}

function valueOf(params: readonly BuildParam[], name: RegExp): string | undefined {
  return params.find((param) => name.test(param.name))?.value;
}

function isOff(params: readonly BuildParam[], name: RegExp): boolean {
  return params.some((param) => name.test(param.name) && param.value === "false");
}

function architecturesOf({ spec }: Stream, params: readonly BuildParam[]): string {
  const named = params.filter(({ name }) => names.architecture.test(name));
  return [...named.map(({ value }) => value), ...spec.architectures].sort().join(" ");
}

function withTag(image: string, tag: string): string {
  return /[:@][^/]*$/.test(image) ? image : `${image}:${tag}`;
}

/** A registry without a dot in its name, such as localhost, is another one on each cluster. */
function onCluster(cluster: string, image: string): string {
  return /^(?!localhost)[^/]*[.:]/.test(image) ? image : `${cluster} ${image}`;
}
