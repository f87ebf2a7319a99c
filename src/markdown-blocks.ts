import { fromMarkdown } from "mdast-util-from-markdown";

export type MarkdownBlock = ReturnType<typeof fromMarkdown>["children"][number];

/** What nobody here needs: emphasis and links cost time on hostile text, and `/approve` above `---` is no heading to us. */
const parserOptions = {
  extensions: [
    {
      disable: {
        null: [
          "attention",
          "autolink",
          "characterEscape",
          "characterReference",
          "definition",
          "labelEnd",
          "labelStartImage",
          "labelStartLink",
          "setextUnderline",
        ],
      },
    },
  ],
};

/** Quotes or lists nested this deep in one line make the parser quadratic; no person writes them. */
const hostileNesting = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){30}/m;

/** Lists of more lines take the parser seconds; what people paste has longer lines, and GitHub cuts at 65,536 characters. */
const mostLines = 3000;

/**
 * The outermost blocks of a Markdown text with line feeds, as CommonMark and so GitHub sees them; undefined for a text
 * that is made to be slow.
 */
export function markdownBlocks(markdown: string): readonly MarkdownBlock[] | undefined {
  if (hostileNesting.test(markdown) || markdown.split("\n", mostLines + 1).length > mostLines)
    return undefined;
  return fromMarkdown(markdown, parserOptions).children;
}
