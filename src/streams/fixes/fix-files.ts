import { decodeText } from "../../yaml/decode-text.ts";
import type { Finding } from "../findings/finding.ts";
import type { RepositoryFile } from "../repository.ts";
import { applyFixes } from "./apply-fixes.ts";

export interface FixedFiles {
  /** All files, those that were changed among them. */
  readonly files: readonly RepositoryFile[];
  /** The files that were changed, with their new contents. */
  readonly changed: readonly ChangedFile[];
  /** What was mended, with the places of the text in which it was found. */
  readonly fixed: readonly Finding[];
  /** What is left. */
  readonly findings: readonly Finding[];
}

export type ChangedFile = RepositoryFile & { readonly content: Uint8Array };

/** One fix may bring to light what the next mends; more than this never was of use. */
const maximumRounds = 5;

/** The files of a repository with every fix made that `findingsOf` knows of, as often as that brings further ones. */
export async function fixFiles(
  before: readonly RepositoryFile[],
  findingsOf: (files: readonly RepositoryFile[]) => Promise<readonly Finding[]>,
): Promise<FixedFiles> {
  const files = new Map(before.map((file) => [file.path, file]));
  const changed = new Map<string, ChangedFile>();
  const fixed: Finding[] = [];
  let findings = await findingsOf(before);
  for (let round = 0; round < maximumRounds; round += 1) {
    const found = fixable(findings).flatMap(([path, own]) => fixFile(files.get(path), own) ?? []);
    if (found.length === 0) break;
    for (const { file, fixed: mended } of found) {
      files.set(file.path, file);
      changed.set(file.path, file);
      fixed.push(...mended);
    }
    findings = await findingsOf([...files.values()]);
  }
  return { files: [...files.values()], changed: [...changed.values()], fixed, findings };
}

function fixable(findings: readonly Finding[]): readonly (readonly [string, readonly Finding[]])[] {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.fix === undefined) continue;
    const own = byFile.get(finding.file) ?? [];
    own.push(finding);
    byFile.set(finding.file, own);
  }
  return [...byFile];
}

const byteOrderMark = "\ufeff";

function fixFile(
  file: RepositoryFile | undefined,
  findings: readonly Finding[],
): { readonly file: ChangedFile; readonly fixed: readonly Finding[] } | undefined {
  if (file?.content === undefined) return undefined;
  const before = decodeText(file.content);
  if (!before.ok) return undefined;
  const { text, fixed } = applyFixes(before.value, findings);
  if (text === before.value) return undefined;
  const mark = hasByteOrderMark(file.content) ? byteOrderMark : "";
  const content = new TextEncoder().encode(mark + text);
  return { file: { ...file, content, size: content.length }, fixed };
}

function hasByteOrderMark([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}
