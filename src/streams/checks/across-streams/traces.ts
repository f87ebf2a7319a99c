import type { Pipeline } from "../../../tekton/types.ts";
import { substituteText } from "../../../tekton/substitute.ts";
import type { StreamSurroundings } from "../checkable.ts";
import { boundClaims } from "./bound-claims.ts";
import type { BoundClaim } from "./bound-claims.ts";
import { variablesIn } from "../../runs/known-variables.ts";
import { streamVariables } from "../../runs/fill-variables.ts";
import type { Sourced } from "../../repository.ts";
import type { PipelineRef, Stream } from "../../types.ts";
import { writtenPlaces } from "./written-places.ts";
import type { WrittenPlace } from "./written-places.ts";

/** What others could stumble over: where a stream writes, what it calls its releases, what it gives its pipeline. */
export interface Traces {
  readonly places: readonly WrittenPlace[];
  readonly claims: readonly BoundClaim[];
  /** The template of its releases' names with what the stream says filled in; undefined where every run differs. */
  readonly releaseName: string | undefined;
  readonly pipeline: string;
  /** The names of the params that its build gives, in one line. */
  readonly given: string;
}

interface Known {
  readonly pipeline: Sourced<Pipeline> | undefined;
  readonly traces: Traces;
}

/** One change leaves nearly all streams as they were. */
const known = new WeakMap<Sourced<Stream>, Known>();

/** The traces of a stream, remembered for as long as it and its pipeline stay as they are. */
export function tracesOf(
  stream: Sourced<Stream>,
  { pipelines }: Pick<StreamSurroundings, "pipelines">,
): Traces {
  const { pipelineRef } = stream.value.spec.build;
  const pipeline = "path" in pipelineRef ? pipelines.get(pipelineRef.path) : undefined;
  const remembered = known.get(stream);
  if (remembered !== undefined && remembered.pipeline === pipeline) return remembered.traces;
  const traces = readTraces(stream.value, pipeline);
  known.set(stream, { pipeline, traces });
  return traces;
}

function readTraces(stream: Stream, pipeline: Sourced<Pipeline> | undefined): Traces {
  const { build, release, lifecycle } = stream.spec;
  const name = substituteText(release.nameTemplate, streamVariables(stream));
  const retired = lifecycle?.state === "retired";
  return {
    places: retired ? [] : writtenPlaces(stream, pipeline),
    claims: boundClaims(stream),
    releaseName: retired || variablesIn(name).includes("run.id") ? undefined : name,
    pipeline: pipelineKey(build.pipelineRef),
    given: retired
      ? ""
      : Object.keys(build.params ?? {})
          .sort()
          .join(" "),
  };
}

function pipelineKey(ref: PipelineRef): string {
  if ("path" in ref) return ref.path;
  if ("name" in ref) return `name ${ref.name}`;
  return `${ref.git.url} ${ref.git.revision} ${ref.git.path}`;
}
