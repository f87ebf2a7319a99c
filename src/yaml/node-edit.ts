import type { NodePath } from "./types.ts";

/** A change of a document in terms of its nodes. A name or a text is written in quotes where YAML needs them. */
export type NodeEdit =
  | { readonly kind: "rename-key"; readonly path: NodePath; readonly to: string }
  /** Writes a value in the place of another; `to` is YAML text of one line. */
  | { readonly kind: "replace-value"; readonly path: NodePath; readonly to: string }
  /** Writes a text in the place of another scalar, in the quotes that this has. */
  | { readonly kind: "write-text"; readonly path: NodePath; readonly to: string }
  /** Makes a text of a scalar without quotes, exactly as it is written. */
  | { readonly kind: "quote-value"; readonly path: NodePath }
  /** Replaces a piece wherever it stands in the text at the path. */
  | {
      readonly kind: "replace-piece";
      readonly path: NodePath;
      readonly piece: string;
      readonly to: string;
    }
  /** Puts a key with its value one level deeper: `path: value` becomes `under: { to: value }`. */
  | {
      readonly kind: "nest-pair";
      readonly path: NodePath;
      readonly under: string;
      readonly to: string;
    };
