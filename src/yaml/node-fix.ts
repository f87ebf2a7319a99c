import { quoted } from "../quoted.ts";
import type { NodeEdit } from "./node-edit.ts";
import type { NodePath } from "./types.ts";

/** A change that mends a finding, with a title that says what it does. */
export interface NodeFix {
  readonly title: string;
  readonly edits: readonly NodeEdit[];
}

/** The fix of a misspelt key. */
export function renameKey(path: NodePath, to: string): NodeFix {
  return { title: `Rename it to ${quoted(to)}`, edits: [{ kind: "rename-key", path, to }] };
}

/** The fix of a misspelt value; `to` is the plain text, which is put in quotes where YAML needs them. */
export function replaceValue(path: NodePath, to: string): NodeFix {
  return { title: `Write ${quoted(to)}`, edits: [{ kind: "write-text", path, to }] };
}

/** The fix of a misspelt piece of a value, such as one `$(…)` of a script. */
export function replacePiece(path: NodePath, piece: string, to: string): NodeFix {
  return { title: `Write ${quoted(to)}`, edits: [{ kind: "replace-piece", path, piece, to }] };
}

/** The fix of a number or a boolean where a text is meant. */
export function quoteValue(path: NodePath): NodeFix {
  return { title: "Put it in quotes", edits: [{ kind: "quote-value", path }] };
}
