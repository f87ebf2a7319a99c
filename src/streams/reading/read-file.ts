import { decodeText } from "../../yaml/decode-text.ts";
import { parseYaml } from "../../yaml/parse-yaml.ts";
import { sourceDocument } from "../../yaml/source-document.ts";
import type { SourceDocument } from "../../yaml/types.ts";
import { mistakeOfFile } from "../checks/mistake.ts";
import type { Mistake } from "../checks/mistake.ts";
import { betterPlace } from "./better-place.ts";
import { placeOf } from "../place-of.ts";
import type { Place } from "../place-of.ts";
import { quoted } from "../../quoted.ts";
import { maximumFileSize } from "../repository.ts";
import type { RepositoryFile } from "../repository.ts";

export interface ReadFile {
  readonly place: Place;
  readonly documents: readonly SourceDocument[];
  readonly mistakes: readonly Mistake[];
}

/** The documents of one file, or why they can't be read; `value` is its data where that was parsed before. */
export function readFile(file: RepositoryFile, value?: unknown): ReadFile {
  const place = placeOf(file.path);
  const refusal = refusalOf(file, place);
  if (refusal !== undefined) return { place, documents: [], mistakes: [refusal] };
  if (place.kind === "text" || file.content === undefined) {
    return { place, documents: [], mistakes: [] };
  }
  const { content } = file;
  if (value !== undefined) {
    const text = (): string => textOf(content);
    const document = sourceDocument({ file: file.path, text, index: 0 }, value);
    return { place, documents: [document], mistakes: [] };
  }
  return { place, ...parseContent(file.path, content) };
}

/** The documents of a file's content, and what keeps it from being YAML. */
export function parseContent(path: string, content: Uint8Array): Omit<ReadFile, "place"> {
  const text = decodeText(content);
  if (!text.ok) {
    const { what, next } = text.problem;
    const help = next ?? "Save it as UTF-8 text.";
    return {
      documents: [],
      mistakes: [mistakeOfFile(path, "file-binary", { message: what, help })],
    };
  }
  const { documents, problems } = parseYaml(path, text.value);
  const mistakes = problems.map(({ message, help, range }): Mistake => {
    return { rule: "yaml-syntax", file: path, ...range, message, help };
  });
  return { documents, mistakes };
}

function textOf(content: Uint8Array): string {
  const text = decodeText(content);
  return text.ok ? text.value : "";
}

function refusalOf(file: RepositoryFile, place: Place): Mistake | undefined {
  if (place.kind === "bad-path") {
    return mistakeOfFile(file.path, "file-path", {
      message: `The path ${quoted(file.path)} is not plain.`,
      help: "Rename it with letters, digits, `.`, `_` and `-` only, without `..` and spaces.",
    });
  }
  if (file.mode === "symlink" || file.mode === "submodule") {
    return mistakeOfFile(file.path, "file-symlink", {
      message: `This is a ${file.mode === "symlink" ? "symbolic link" : "submodule"}, which is never followed.`,
      help: "Put the content itself into the file.",
    });
  }
  if (place.kind === "misplaced") {
    const better = betterPlaceOf(file);
    return mistakeOfFile(file.path, "file-misplaced", {
      message: "Nothing reads a file at this place.",
      help:
        better === undefined
          ? "Move it to streams/NAME.yaml, streams/channels/NAME/channel.yaml or tekton/….yaml, or remove it."
          : `Move it to ${better}.`,
    });
  }
  if (file.size <= maximumFileSize && file.content !== undefined) return undefined;
  if (place.kind === "text") return undefined;
  return tooLarge(file);
}

/** By what it says it is, or with the ending that is read. */
function betterPlaceOf({ path, size, content }: RepositoryFile): string | undefined {
  const readable = content !== undefined && size <= maximumFileSize;
  const [document] = readable ? parseContent(path, content).documents : [];
  const better = document === undefined ? undefined : betterPlace(path, document);
  const renamed = path.replace(/\.yml$/, ".yaml");
  return better ?? (placeOf(renamed).kind === "misplaced" ? undefined : renamed);
}

/** The mistake of a file that nobody reads for its size. */
export function tooLarge({ path, size }: RepositoryFile): Mistake {
  return mistakeOfFile(path, "file-too-large", {
    message: `The file has ${size} bytes; at most ${maximumFileSize} are read.`,
    help: "Split it, or remove what does not belong there.",
  });
}
