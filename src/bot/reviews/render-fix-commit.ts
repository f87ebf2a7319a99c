import { cutUtf8 } from "../../github/text.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import { renderCoAuthor, type CoAuthor } from "../render-co-author.ts";

/** Bytes of a line, and lines: a title may quote a value, and a file bring hundreds. */
const longestLine = 200;
const mostLines = 50;

/** The message of the commit that somebody asked for with the button. */
export function renderFixCommit(
  fixed: readonly Finding[],
  person: CoAuthor,
  gitHubUrl: string,
): string {
  const title = fixed.length === 1 ? "Fix 1 finding" : `Fix ${fixed.length} findings`;
  const lines = fixed.slice(0, mostLines).map(describeFix);
  const left = fixed.length - lines.length;
  if (left > 0) lines.push(`… and ${left} more`);
  return `${title}\n\n${lines.join("\n")}\n\n${renderCoAuthor(person, gitHubUrl)}\n`;
}

/** GitHub reads references and mentions in messages of commits too; none of others' text may make one. */
function describeFix({ file, line, fix, rule }: Finding): string {
  const text = `${file}:${line}: ${fix?.title ?? ""} (${rule})`;
  return `- ${cutUtf8(text.replace(/[\p{C}\s]+/gu, " ").replace(/[@#]/g, "$&\u200b"), longestLine)}`;
}
