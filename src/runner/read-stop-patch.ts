import * as z from "zod";
import { stopModes, type StopMode } from "./pipelines/run-control.ts";

const mode = z.enum(stopModes);
const mergePatch = z.object({ spec: z.object({ status: mode }) });
const jsonPatch = z.tuple([
  z.object({ op: z.enum(["add", "replace"]), path: z.literal("/spec/status"), value: mode }),
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The way to end a run that a merge patch or JSON patch asks for; undefined where it asks for anything else. */
export function readStopPatch(text: string): StopMode | undefined {
  const value = parseJson(text);
  const merge = mergePatch.safeParse(value);
  if (merge.success) return merge.data.spec.status;
  const patch = jsonPatch.safeParse(value);
  return patch.success ? patch.data[0].value : undefined;
}
