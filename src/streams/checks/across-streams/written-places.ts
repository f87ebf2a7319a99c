import type { Pipeline } from "../../../tekton/types.ts";
import { placingParams } from "./placing-params.ts";
import type { ParamRole, PlacingParams } from "./placing-params.ts";
import type { Trace } from "./tracked.ts";
import type { Stream } from "../../types.ts";

/** The places that the builds of a stream write to, each once, as far as its params and its release tell. */
export function writtenPlaces(stream: Stream, pipeline: Pipeline | undefined): Trace[] {
  const params = placingParams(stream, pipeline);
  const places = [
    ...releasedImage(stream),
    ...images(stream, params),
    ...bucketFolder(stream, params),
  ];
  const found = new Map(places.filter(isOfEveryRun).map((place) => [place.key, place]));
  return [...found.values()];
}

/** A place with the time or the id of its run is written to once. */
function isOfEveryRun({ key }: Trace): boolean {
  return !/\$\(run\.(?:id|time)\)/.test(key);
}

function releasedImage({ spec }: Stream): Trace[] {
  if (!("image" in spec.release.from)) return [];
  const text = withTag(spec.release.from.image, "latest");
  const path = ["spec", "release", "from", "image"];
  return [{ kind: "image", key: `image ${onCluster(spec.build.cluster, text)}`, text, path }];
}

function images(stream: Stream, params: PlacingParams): Trace[] {
  if (isOff(params, "imageSwitch")) return [];
  const registry = valueOf(params, "registry");
  const tag = valueOf(params, "tag") ?? "latest";
  return (params.get("repository") ?? []).flatMap(({ value, path }): Trace[] => {
    const repository = registry === undefined ? value : `${registry}/${value}`;
    // A name without a registry or a folder is none of an image repository.
    if (!repository.includes("/")) return [];
    const text = withTag(repository, tag);
    const place = onCluster(stream.spec.build.cluster, text);
    const key = `image ${place} for ${architecturesOf(stream, params)}`;
    return [{ kind: "image", key, text, path }];
  });
}

function bucketFolder(stream: Stream, params: PlacingParams): Trace[] {
  const bucket = valueOf(params, "bucket") ?? "";
  const folders = params.get("folder") ?? [];
  const [folder] = folders;
  // Without a folder that is known, builds may well be kept apart by something else.
  if (bucket === "" || folder === undefined || isOff(params, "bucketSwitch")) return [];
  const text = [bucket, ...folders.map(({ value }) => value)].join("/");
  const endpoint = valueOf(params, "endpoint") ?? "";
  const key = `bucket ${endpoint} ${text} for ${architecturesOf(stream, params)}`;
  return [{ kind: "bucket", key, text, path: folder.path }];
}

function valueOf(params: PlacingParams, role: ParamRole): string | undefined {
  return params.get(role)?.[0]?.value;
}

function isOff(params: PlacingParams, role: ParamRole): boolean {
  return valueOf(params, role) === "false";
}

function architecturesOf({ spec }: Stream, params: PlacingParams): string {
  const named = (params.get("architecture") ?? []).map(({ value }) => value);
  return [...named, ...spec.architectures].sort().join(" ");
}

function withTag(image: string, tag: string): string {
  return /[:@][^/]*$/.test(image) ? image : `${image}:${tag}`;
}

/** A registry without a dot in its name, such as localhost, is another one on each cluster. */
function onCluster(cluster: string, image: string): string {
  return /^(?!localhost)[^/]*[.:]/.test(image) ? image : `${cluster} ${image}`;
}
