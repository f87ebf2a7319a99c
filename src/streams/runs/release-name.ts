import type { Result } from "../../problem.ts";
import { commonVariables, fillVariables } from "./fill-variables.ts";
import type { RunVariables } from "./fill-variables.ts";
import type { Stream } from "../types.ts";

/** The name of the release that a build gives, from the stream's template; `invalid` where it uses an unknown value. */
export function releaseName(stream: Stream, run: RunVariables): Result<string> {
  return fillVariables(stream.spec.release.nameTemplate, commonVariables(stream, run));
}
