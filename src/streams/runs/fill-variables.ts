import { failed, ok, type Result } from "../../problem.ts";
import { substituteText } from "../../tekton/substitute.ts";
import { variablesIn } from "./known-variables.ts";
import { quoted } from "../../quoted.ts";
import type { Stream } from "../types.ts";

export type VariableValues = ReadonlyMap<string, string>;

/** The run as `$(run.…)` shows it; `time` is when it was requested. */
export interface RunVariables {
  readonly id: string;
  readonly commit: string;
  readonly time: Date;
}

/** The values of `$(stream.…)`; architectures are separated by spaces. */
export function streamVariables({ metadata, spec }: Stream): VariableValues {
  return new Map([
    ["stream.name", metadata.name],
    ["stream.version", spec.version],
    ["stream.operatingSystem", spec.operatingSystem],
    ["stream.architectures", spec.architectures.join(" ")],
  ]);
}

/** The values of `$(stream.…)` and `$(run.…)`. */
export function commonVariables(stream: Stream, run: RunVariables): VariableValues {
  return new Map([
    ...streamVariables(stream),
    ["run.id", run.id],
    ["run.commit", run.commit],
    ["run.time", stamp(run.time)],
  ]);
}

/** A text with every `$(…)` filled in, in one pass; `invalid` where one is not known. */
export function fillVariables(text: string, values: VariableValues): Result<string> {
  const unknown = variablesIn(text).find((name) => !values.has(name));
  if (unknown === undefined) return ok(substituteText(text, values));
  return failed({
    kind: "invalid",
    what: `${quoted(`$(${unknown})`)} has no value here.`,
    next: `Known are ${[...values.keys()].join(", ")}.`,
  });
}

/** YYYY-MM-DD-HHMMSS in UTC, as OKD's release names carry it. */
function stamp(time: Date): string {
  const [day = "", clock = ""] = time.toISOString().split("T");
  return `${day}-${clock.slice(0, 8).replaceAll(":", "")}`;
}
