import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { AnySchema, ValidateFunction } from "ajv";
import * as z from "zod";
import { packageRoot } from "../package-root.ts";
import type { Channel, ChannelRelease, Stream, StreamsSettings } from "./types.ts";

function readSchema(name: string): AnySchema {
  const text = readFileSync(join(packageRoot, "schemas", `${name}.json`), "utf8");
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** To optimise what Ajv writes takes longer than it saves in ten thousand files. */
const code = { optimize: false };
const ajv = new Ajv2020({ allErrors: true, verbose: true, strictTypes: false, code });
ajv.addSchema(readSchema("common"));

const schemaBase = "https://okd-project.github.io/okd-streams/schemas/v1alpha1/";
const propertySchema = z.object({
  examples: z.array(z.unknown()).optional(),
  $ref: z.string().optional(),
});

/** Compiled when it is first needed: most repositories have files of a few kinds only. */
function lazily<T>(name: string): () => ValidateFunction<T> {
  let compiled: ValidateFunction<T> | undefined;
  return () => (compiled ??= ajv.compile<T>(readSchema(name)));
}

const stream = lazily<Stream>("stream");
const channel = lazily<Channel>("channel");
const channelRelease = lazily<ChannelRelease>("channel-release");
const settings = lazily<StreamsSettings>("streams-settings");

/** The published schemas, compiled; each tells whether a value is of the type that it describes. */
export const schemas = {
  get stream() {
    return stream();
  },
  get channel() {
    return channel();
  },
  get channelRelease() {
    return channelRelease();
  },
  get settings() {
    return settings();
  },
} as const;

/** The first example of a property's schema, looked up where it refers to another. */
export function exampleOf(schema: unknown): unknown {
  const parsed = propertySchema.safeParse(schema);
  if (!parsed.success) return undefined;
  const { examples, $ref } = parsed.data;
  if (examples !== undefined || $ref === undefined) return examples?.[0];
  return exampleOf(ajv.getSchema(new URL($ref, schemaBase).href)?.schema);
}
