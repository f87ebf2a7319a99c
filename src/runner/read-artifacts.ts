import { join } from "node:path";
import * as z from "zod";
import { failed, ok, type Result } from "../problem.ts";
import type { ParamValue } from "../tekton/types.ts";
import type { SeenFiles } from "./isolation/seen-files.ts";
import { readLeftFile } from "./read-left-file.ts";
import type { Artifacts } from "./types.ts";

const largestFile = 1024 * 1024;

const artifact = z.object({
  name: z.string(),
  buildOutput: z.boolean().exactOptional(),
  values: z.array(
    z.object({ uri: z.string(), digest: z.record(z.string(), z.string()).exactOptional() }),
  ),
});
const artifacts = z.object({
  inputs: z.array(artifact).exactOptional(),
  outputs: z.array(artifact).exactOptional(),
});

/**
 * What a step or a task says of its artifacts in the file of a directory, named as steps see it; empty where it says
 * nothing.
 * https://tekton.dev/docs/pipelines/artifacts/
 */
export function readArtifacts(directory: string, files: SeenFiles): Result<Artifacts> {
  const read = readLeftFile(join(directory, "provenance.json"), largestFile, files);
  if (!read.ok) return read;
  const content = read.value;
  if (content === undefined) return ok({});
  try {
    const parsed = artifacts.safeParse(JSON.parse(content.toString("utf8")));
    if (parsed.success) return ok(parsed.data);
    return failed({
      kind: "invalid",
      what: `the artifacts cannot be used: ${parsed.error.message}`,
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed({ kind: "invalid", what: `the artifacts are no JSON: ${detail}` });
  }
}

/** What later steps can name of them: `steps.NAME.outputs.IMAGE`, as JSON. */
export function artifactVariables(
  step: string,
  { inputs = [], outputs = [] }: Artifacts,
): readonly (readonly [string, ParamValue])[] {
  return [
    ...inputs.map(({ name, values }) => [`steps.${step}.inputs.${name}`, JSON.stringify(values)]),
    ...outputs.map(({ name, values }) => [`steps.${step}.outputs.${name}`, JSON.stringify(values)]),
  ].map(([name = "", text = ""]) => [name, text] as const);
}
