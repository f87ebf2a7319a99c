import { isNode, parseDocument, visit } from "yaml";
import type { Document } from "yaml";
import type { Stream } from "../types.ts";
import { schemaComment } from "./schema-comment.ts";
import { streamPath } from "./stream-text.ts";
import type { NewStream } from "./stream-text.ts";

/** A stream of the repository, as text and as what it says. */
export interface CopiedStream {
  readonly text: string;
  readonly value: Stream;
}

/**
 * The text of a new stream like another, comments and all. Where values mention the name or the version of the other,
 * they mention the new one, so that the two do not write to the same place. The other's lifecycle is its own.
 */
export function copyStream(other: CopiedStream, stream: NewStream): string {
  const document = parseDocument(other.text);
  const { metadata, spec } = other.value;
  const renamed = (text: string): string =>
    withVersion(withName(text, metadata.name, stream.name), spec.version, stream.version);

  rename(document, ["spec", "build", "params"], renamed);
  rename(document, ["spec", "build", "workspaces"], renamed);
  rename(document, ["spec", "release", "nameTemplate"], renamed);
  rename(document, ["spec", "release", "from", "image"], renamed);
  (spec.verify ?? []).forEach((_, index) => {
    rename(document, ["spec", "verify", index, "params"], renamed);
    rename(document, ["spec", "verify", index, "workspaces"], renamed);
  });

  document.setIn(["metadata", "name"], stream.name);
  document.setIn(["spec", "title"], stream.title ?? newTitle(spec.title, renamed, stream.name));
  if (stream.version !== undefined) document.setIn(["spec", "version"], stream.version);
  if (stream.operatingSystem !== undefined)
    document.setIn(["spec", "operatingSystem"], stream.operatingSystem);
  if (stream.maintainers !== undefined)
    document.setIn(["spec", "maintainers"], document.createNode(stream.maintainers));
  document.deleteIn(["spec", "lifecycle"]);

  const text = document.toString({ lineWidth: 120, flowCollectionPadding: false });
  if (text.startsWith("# yaml-language-server:")) return text;
  const path = streamPath(stream.name);
  return `${schemaComment({ schema: "stream", path, local: stream.localSchemas })}\n${text}`;
}

type Path = readonly (string | number)[];

function rename(document: Document.Parsed, path: Path, renamed: (text: string) => string): void {
  const part = document.getIn(path, true);
  if (!isNode(part)) return;
  visit(part, {
    Scalar: (key, node) => {
      if (key !== "key" && typeof node.value === "string") node.value = renamed(node.value);
    },
  });
}

function newTitle(title: string, renamed: (text: string) => string, name: string): string {
  const changed = renamed(title);
  return changed === title ? `${title} (${name})` : changed;
}

function withName(text: string, from: string, to: string): string {
  return outsideVariables(text, new RegExp(`(?<![A-Za-z0-9])${from}(?![A-Za-z0-9])`, "g"), to);
}

function withVersion(text: string, from: string, to: string | undefined): string {
  if (to === undefined) return text;
  const version = from.replaceAll(".", "\\.");
  return outsideVariables(text, new RegExp(`(?<![0-9.])${version}(?![0-9])`, "g"), to);
}

/** A stream called `run` is no reason to change $(run.time). */
function outsideVariables(text: string, pattern: RegExp, to: string): string {
  return text
    .split(/(\$\([^)]*\))/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(pattern, () => to)))
    .join("");
}
