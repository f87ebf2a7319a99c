import { CST, Lexer } from "yaml";

/** A comment of a YAML text, from its `#` to the end of the line. */
export interface Comment {
  readonly text: string;
  /** Offset (UTF-16 units) of its `#`. */
  readonly start: number;
}

/** Tokens that stand for something and are no part of the text. */
const marks: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** The comments of a YAML text in order; a `#` inside a string or a block of text is none. */
export function findComments(text: string): Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    const start = offset;
    if (!marks.has(token)) offset += token.length;
    if (!isScalar && token.startsWith("#")) comments.push({ text: token, start });
    isScalar = token === CST.SCALAR;
  }
  return comments;
}
