import type { NodeEdit } from "./node-edit.ts";
import type { TextEdit } from "./text-edit.ts";

/** A place in a text file. Lines and columns count from 1; the end is exclusive, as in an editor's selection. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The way to a node in a document: keys and list indexes from its root. */
export type NodePath = readonly (string | number)[];

/** One parsed YAML document that still knows where everything stood. */
export interface SourceDocument {
  /** Path of the file, as a person would name it. */
  readonly file: string;
  /** The plain data, as the `yaml` package's toJS gives it. */
  readonly value: unknown;
  /**
   * Where the key or the value at this path stands; the nearest existing ancestor where it does not exist. With
   * `piece` where this piece of it first stands, if it stands there as it is.
   */
  rangeOf(path: NodePath, part?: "key" | "value", piece?: string): Range;
  /** What these changes are in the file's text; undefined where they can't be made without changing anything else. */
  textEdits(edits: readonly NodeEdit[]): readonly TextEdit[] | undefined;
  /**
   * Whether what is read at a path, or with `within` anything below it, is no more than a guess, since what stands there
   * can't be meant: nothing follows from it. Absent where nothing was guessed.
   */
  isGuess?(path: NodePath, scope?: "within"): boolean;
}

/** How plain scalars and `<<` are read: as YAML 1.2 says, or as kubectl and Tekton's resolvers do. */
export type Dialect = "yaml-1.2" | "kubernetes";

/** Why a text is no usable YAML. */
export interface YamlProblem {
  readonly message: string;
  readonly help: string;
  readonly range: Range;
}

export interface ParsedYaml {
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly YamlProblem[];
}
