import type { LineComment } from "../../github/create-review.ts";
import { cutUtf8, fence } from "../../github/text.ts";
import { plain } from "../../promotion/markdown.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import type { Suggestion } from "./suggestions.ts";

/** More would bury the changes under comments. */
export const mostSuggestions = 30;

/** Bytes of a message or a title, which may quote a value of any length. */
const longestMessage = 500;

/** A review comment that GitHub offers to commit. */
export function suggestionComment(suggestion: Suggestion): LineComment {
  const { path, first, last, newLines, findings } = suggestion;
  const said = findings.map(describeFix).join("\n\n");
  // A line feed of its own ends each line, also an empty last one.
  const block = fence(newLines.map((line) => `${line}\n`).join(""), "suggestion");
  return { path, firstLine: first, lastLine: last, body: `${said}\n\n${block}` };
}

function describeFix({ fix, message, rule, helpUrl }: Finding): string {
  const said = (text: string): string => plain(cutUtf8(text, longestMessage));
  return `**${said(fix?.title ?? "")}.** ${said(message)} ([${rule}](${helpUrl}))`;
}

/** What the review says above its comments; `all` counts the suggestions that there would be. */
export function suggestionsHeadline(all: number): string {
  const left = all - mostSuggestions;
  const intro =
    all === 1
      ? "One change needs no thought: take it with a click, or leave it."
      : `${all} changes need no thought: take each with a click, or several as a batch.`;
  if (left <= 0) return intro;
  return `${intro} Here are the first ${mostSuggestions}; \`okd-streams validate --fix\` makes all of them.`;
}
