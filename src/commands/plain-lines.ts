import { markdownBlocks, type MarkdownBlock } from "../markdown-blocks.ts";

export interface PlainLine {
  readonly text: string;
  /** From 1, in the comment as it was written. */
  readonly line: number;
}

type Paragraph = Extract<MarkdownBlock, { type: "paragraph" }>;

function paragraphsOf(markdown: string): Paragraph[] {
  const found: Paragraph[] = [];
  const open: MarkdownBlock[] = (markdownBlocks(markdown) ?? []).toReversed();
  for (let block = open.pop(); block !== undefined; block = open.pop()) {
    if (block.type === "paragraph") found.push(block);
    if (block.type === "list")
      open.push(...block.children.flatMap((item) => item.children).toReversed());
  }
  return found;
}

function linesOf(paragraph: Paragraph, markdown: string): PlainLine[] {
  const first = paragraph.position?.start.line ?? 1;
  const start = paragraph.position?.start.offset ?? 0;
  const end = paragraph.position?.end.offset ?? start;
  const lineStart = markdown.lastIndexOf("\n", start - 1) + 1;
  const inside = new Set<number>();
  let text = markdown.slice(lineStart, end);
  for (const node of paragraph.children.toReversed()) {
    if (node.type !== "inlineCode" && node.type !== "html") continue;
    const from = node.position?.start;
    const to = node.position?.end;
    if (from?.offset === undefined || to?.offset === undefined) continue;
    for (let line = from.line + 1; line <= to.line; line += 1) inside.add(line);
    if (node.type === "html") text = blank(text, from.offset - lineStart, to.offset - lineStart);
  }
  return text
    .split("\n")
    .map((content, index) => ({ text: content, line: first + index }))
    .filter(({ line }) => !inside.has(line));
}

/** The same text, as long and with as many lines, with nothing readable in the range. */
function blank(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(from, to).replace(/[^\n]/g, "\uFFFC") + text.slice(to);
}

/**
 * The lines of a comment that its author says in their own voice: what GitHub would render as a code block, inline code,
 * an HTML comment or a quote is not there (CommonMark decides, as on GitHub). HTML inside a line is blanked with U+FFFC.
 */
export function plainLines(comment: string): PlainLine[] {
  const markdown = comment.replace(/\r\n?/g, "\n");
  return paragraphsOf(markdown).flatMap((paragraph) => linesOf(paragraph, markdown));
}
