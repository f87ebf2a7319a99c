import { markdownBlocks, type MarkdownBlock } from "../../markdown-blocks.ts";

export interface Sections {
  /** The text below each of the headings that are there. */
  readonly values: ReadonlyMap<string, string>;
  /** Headings that stand there more than once, so that nobody can say which one is meant. */
  readonly doubled: readonly string[];
}

interface Heading {
  readonly title: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What GitHub made of an issue form: each field as a heading of the third level with its label, and its value below. Only
 * headings that a reader sees as such count, and only these titles; all others belong to the value that they stand in.
 * Undefined for a text that is made to be slow.
 */
export function readSections(text: string, titles: readonly string[]): Sections | undefined {
  const markdown = text.replace(/\r\n?/g, "\n");
  const blocks = markdownBlocks(markdown);
  if (blocks === undefined) return undefined;
  const headings = blocks
    .flatMap((block) => headingOf(block, markdown))
    .filter(({ title }) => titles.includes(title));
  const values = new Map<string, string>();
  const doubled = new Set<string>();
  headings.forEach(({ title, end }, index) => {
    if (values.has(title)) doubled.add(title);
    const next = headings[index + 1]?.start ?? markdown.length;
    const inside = blocks.filter((block) => startOf(block) >= end && startOf(block) < next);
    values.set(title, valueOf(inside, markdown.slice(end, next)));
  });
  return { values, doubled: [...doubled] };
}

function headingOf(block: MarkdownBlock, markdown: string): Heading[] {
  if (block.type !== "heading" || block.depth !== 3) return [];
  const start = startOf(block);
  const end = block.position?.end.offset ?? start;
  const title = markdown.slice(start, end).replace(/^#+[ \t]*|[ \t]+#*[ \t]*$/g, "");
  return [{ title, start, end }];
}

function startOf(block: MarkdownBlock): number {
  return block.position?.start.offset ?? 0;
}

/** A field with `render` comes in a code block; an empty one has a phrase of GitHub's. */
function valueOf(blocks: readonly MarkdownBlock[], text: string): string {
  const [first] = blocks;
  if (first?.type === "code" && blocks.length === 1) return first.value.trim();
  const value = text.trim();
  return value === "_No response_" ? "" : value;
}
