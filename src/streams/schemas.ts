import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { AnySchema, ValidateFunction } from "ajv";
import { z } from "zod";
import type { Channel, ChannelRelease, Stream, StreamsSettings } from "./types.ts";

/** `schemas/` stands beside both `src` and the compiled `lib`. */
function readSchema(name: string): AnySchema {
  const text = readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), "utf8");
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

const ajv = new Ajv2020({ allErrors: true, verbose: true, strictTypes: false });
ajv.addSchema(readSchema("common"));

const schemaBase = "https://okd-project.github.io/okd-streams/schemas/v1alpha1/";
const propertySchema = z.object({
  examples: z.array(z.unknown()).optional(),
  $ref: z.string().optional(),
});

function compile<T>(name: string): ValidateFunction<T> {
  return ajv.compile<T>(readSchema(name));
}

/** The published schemas, compiled; each tells whether a value is of the type that it describes. */
export const schemas = {
  stream: compile<Stream>("stream"),
  channel: compile<Channel>("channel"),
  channelRelease: compile<ChannelRelease>("channel-release"),
  settings: compile<StreamsSettings>("streams-settings"),
} as const;

/** The first example of a property's schema, looked up where it refers to another. */
export function exampleOf(schema: unknown): unknown {
  const parsed = propertySchema.safeParse(schema);
  if (!parsed.success) return undefined;
  const { examples, $ref } = parsed.data;
  if (examples !== undefined || $ref === undefined) return examples?.[0];
  return exampleOf(ajv.getSchema(new URL($ref, schemaBase).href)?.schema);
}
