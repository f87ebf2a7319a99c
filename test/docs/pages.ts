import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A page of documentation that people write. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

export interface YamlBlock {
  readonly page: string;
  readonly text: string;
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(root, path), "utf8") };
}

export function readPages(): Page[] {
  const docs = readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  return ["README.md", "CONTRIBUTING.md", ...docs].map(readPage);
}

export function yamlBlocks({ path, text }: Page): YamlBlock[] {
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => ({
    page: path,
    text: block,
  }));
}

/** Everything in code spans, and every line of indented code; a line that ends in `\` goes on. */
export function codeTexts({ text }: Page): string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  const lines = text
    .replace(/\\\n\s+/g, " ")
    .split("\n")
    .filter((line) => line.startsWith("    "))
    .flatMap((line) => line.split("&&"))
    .map((line) => line.trim());
  return [...spans, ...lines];
}

/** Targets of links and pictures within the repository, from the root, without their anchors. */
export function localLinks({ path, text }: Page): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(path), target));
}

export function isThere(path: string): boolean {
  return existsSync(join(root, path));
}

/** The cells of the first table whose head begins with this cell, without the head; `\|` is a bar. */
export function tableAfter({ path, text }: Page, firstHead: string): string[][] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => cellsOf(line)[0] === firstHead);
  if (start < 0) throw new Error(`${path} has no table that begins with ${firstHead}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end < 0 ? undefined : end).map(cellsOf);
}

function cellsOf(line: string): string[] {
  if (!line.startsWith("|")) return [];
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}
