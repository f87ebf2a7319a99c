import { grammar } from "./grammar.ts";
import type { Audience } from "./types.ts";

const audienceInWords: Record<Audience, string> = {
  anyone: "everyone",
  contributor: "the pull request's author, and triage permission or above",
  "stream-maintainer": "maintainers, and the stream's own maintainers",
  maintainer: "maintainers (write permission or above)",
  approver: "the channel's approvers",
};

/** The commands as a Markdown table: the answer to /help, and the reference in docs/. */
export function renderHelp(): string {
  const rows = grammar.map(({ syntax, summary, who, where }) => {
    const place = where === "any" ? "" : ` On a ${where} only.`;
    return `| \`${syntax.replaceAll("|", "\\|")}\` | ${summary}${place} | ${audienceInWords[who]} |`;
  });
  return [
    "Write one command a line, at the start of the line. A reason is the rest of the line.",
    "",
    "| command | what it does | who may use it |",
    "| --- | --- | --- |",
    ...rows,
    "",
    "Nothing fires inside code, HTML comments and quotes, and bots are not listened to.",
  ].join("\n");
}
