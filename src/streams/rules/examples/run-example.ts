import { parse, stringify } from "yaml";
import type { FetchedFile } from "../../elsewhere/fetched-file.ts";
import type { Finding } from "../../findings/finding.ts";
import { isRecord } from "../../json.ts";
import { maximumFileSize } from "../../repository.ts";
import type { RepositoryFile } from "../../repository.ts";
import { validateRepository } from "../../validate-repository.ts";
import type { Example, ExampleFile } from "../rule.ts";
import { findRule } from "../rules.ts";
import { exampleObjects, exampleRepository } from "./example-repository.ts";

export type Side = "wrong" | "right";

/** Examples are judged from here, so that their pages never change by themselves. */
const now = new Date("2026-11-20T12:00:00Z");

const encoder = new TextEncoder();

/** The whole files of one side of an example, laid over a repository without a mistake. */
export function exampleFiles(example: Example, side: Side): Readonly<Record<string, ExampleFile>> {
  if (example.of === "files") return { ...exampleRepository, ...example[side] };
  const { path, text } = exampleObjects[example.of];
  const merged = overlay(parse(text), parse(example[side]));
  return { ...exampleRepository, [path]: stringify(merged, { lineWidth: 0 }) };
}

/** What the validation finds in one side of a rule's example; a rule that is off is asked for. */
export function runExample(rule: string, example: Example, side: Side): readonly Finding[] {
  const files = Object.entries(exampleFiles(example, side)).map(([path, file]) =>
    repositoryFile(path, file),
  );
  const elsewhere = example.of === "files" ? (example.elsewhere ?? {}) : {};
  const fetched = Object.entries(elsewhere).map(([key, text]): [string, FetchedFile] => [
    key,
    { kind: "content", content: encoder.encode(text) },
  ]);
  const isOff = findRule(rule)?.severity === "off";
  return validateRepository(files, {
    now,
    elsewhere: new Map(fetched),
    ...(isOff && {
      settings: {
        apiVersion: "streams.okd.io/v1alpha1",
        kind: "StreamsSettings",
        rules: { [rule]: "warn" },
      },
    }),
  }).findings;
}

function repositoryFile(path: string, file: ExampleFile): RepositoryFile {
  if (typeof file !== "string") return { path, mode: "symlink", size: file.symlink.length };
  const content = encoder.encode(file);
  const size = content.length;
  return { path, mode: "file", size, ...(size <= maximumFileSize && { content }) };
}

/** As a JSON merge patch: mappings key by key, null removes, everything else replaces. */
function overlay(below: unknown, above: unknown): unknown {
  if (!isRecord(above)) return above;
  const base = isRecord(below) ? below : {};
  const changed = Object.entries(above)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, overlay(base[key], value)]);
  const kept = Object.entries(base).filter(([key]) => above[key] !== null);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(changed) };
}
