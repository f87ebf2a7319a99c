import { scalarText } from "../../yaml/scalar-text.ts";
import type { NodePath } from "../../yaml/types.ts";
import { quoted } from "../../quoted.ts";
import type { MistakeText } from "./mistake.ts";

type NodeFix = NonNullable<MistakeText["fix"]>;

/** The fix of a misspelt key. */
export function renameKey(path: NodePath, to: string): NodeFix {
  return { title: `Rename it to ${quoted(to)}`, edits: [{ kind: "rename-key", path, to }] };
}

/** The fix of a misspelt value; `to` is the plain text, which is put in quotes where YAML needs them. */
export function replaceValue(path: NodePath, to: string): NodeFix {
  const edit = { kind: "replace-value", path, to: scalarText(to) } as const;
  return { title: `Write ${quoted(to)}`, edits: [edit] };
}
