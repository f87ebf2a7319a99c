import type { Pipeline } from "../../../tekton/types.ts";
import { substituteText } from "../../../tekton/substitute.ts";
import type { Checkable, StreamSurroundings } from "../checkable.ts";
import { templatePath } from "../check-release-names.ts";
import { pipelineOf } from "../../elsewhere/pipeline-of.ts";
import { boundClaims } from "./bound-claims.ts";
import { variablesIn } from "../../runs/known-variables.ts";
import { streamVariables } from "../../runs/fill-variables.ts";
import type { Sourced } from "../../repository.ts";
import type { Trace, Tracked } from "./tracked.ts";
import type { PipelineRef, Stream } from "../../types.ts";
import { writtenPlaces } from "./written-places.ts";

/** What others could stumble over, and what a stream gives its pipeline. */
export interface Traces {
  readonly stream: Sourced<Stream>;
  readonly tracked: readonly Tracked[];
  readonly pipeline: string;
  /** The names of the params that its build gives, in one line; empty where it is not built any more. */
  readonly given: string;
}

interface Known {
  readonly pipeline: Pipeline | undefined;
  readonly traces: Traces;
}

/** One change leaves nearly all streams as they were. */
const known = new WeakMap<Sourced<Stream>, Known>();

const knownOfAll = new WeakMap<Checkable, readonly Traces[]>();

/** The traces of all streams, in the order of their files. */
export function allTraces(repository: Checkable): readonly Traces[] {
  const before = knownOfAll.get(repository);
  if (before !== undefined) return before;
  const traces = [...repository.streams.values()].map((stream) => tracesOf(stream, repository));
  knownOfAll.set(repository, traces);
  return traces;
}

/** The traces of a stream, remembered for as long as it and its pipeline stay as they are. */
export function tracesOf(
  stream: Sourced<Stream>,
  around: Pick<StreamSurroundings, "pipelines" | "elsewhere">,
): Traces {
  const pipeline = pipelineOf(around, stream.value.spec.build);
  const remembered = known.get(stream);
  if (remembered !== undefined && remembered.pipeline === pipeline) return remembered.traces;
  const traces = readTraces(stream, pipeline);
  known.set(stream, { pipeline, traces });
  return traces;
}

function readTraces(stream: Sourced<Stream>, pipeline: Pipeline | undefined): Traces {
  const { build, lifecycle } = stream.value.spec;
  const retired = lifecycle?.state === "retired";
  const traces = retired
    ? []
    : [
        ...writtenPlaces(stream.value, pipeline),
        ...boundClaims(stream.value),
        ...releaseNames(stream.value),
      ];
  return {
    stream,
    tracked: traces.map((trace) => ({ ...trace, stream })),
    pipeline: pipelineKey(build.pipelineRef),
    given: retired
      ? ""
      : Object.keys(build.params ?? {})
          .sort()
          .join(" "),
  };
}

/** What the stream says is filled in; the id of the run makes each name another. */
function releaseNames(stream: Stream): Trace[] {
  const text = substituteText(stream.spec.release.nameTemplate, streamVariables(stream));
  if (variablesIn(text).includes("run.id")) return [];
  return [{ kind: "name", key: `name ${text}`, text, path: templatePath }];
}

function pipelineKey(ref: PipelineRef): string {
  if ("path" in ref) return ref.path;
  if ("name" in ref) return `name ${ref.name}`;
  return `${ref.git.url} ${ref.git.revision} ${ref.git.path}`;
}
