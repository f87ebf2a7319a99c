import { cutUtf8, fence } from "../../github/text.ts";
import type { Problem } from "../../problem.ts";
import { code, plain } from "../../promotion/markdown.ts";
import type { Finding } from "../../streams/findings/finding.ts";
import type { ScaffoldFile } from "../../streams/scaffold/new-repository.ts";
import { mostOpenProposals } from "./open-proposals.ts";
import type { Mistakes } from "./try-proposal.ts";

/** The pull request of the proposal, where there is one. */
interface Pull {
  readonly number: number;
}

const edit =
  "To change that, edit the text of this issue: keep the headings, and change what stands below them. The bot looks again by itself, and answers in this comment.";

/** Bytes of a message, and of a file, which hold values of any length; and how many messages anybody reads. */
const longestMessage = 500;
const longestFile = 20_000;
const mostMistakes = 20;

/** Said on the issue when its pull request holds what it proposes. */
export function renderOpened(pull: number): string {
  return [
    `### ✅ Your stream is proposed: #${pull}`,
    `Its commit names you as co-author. The review of #${pull} says what a merge would build; whether it is merged, a maintainer decides.`,
    `To change something, edit the text of this issue: #${pull} follows. Once somebody else commits to its branch, it does no longer.`,
  ].join("\n\n");
}

/** What keeps the proposal from becoming a file. */
export function renderMistakes({
  problems,
  findings = [],
  file,
  pull,
}: Mistakes & { readonly pull: Pull | undefined }): string {
  const lines = [...problems.map(describe), ...findings.map((each) => describeFinding(each, file))];
  const left = lines.length - mostMistakes;
  return [
    `### ❌ No stream yet: ${lines.length === 1 ? "1 thing" : `${lines.length} things`} to change`,
    [...lines.slice(0, mostMistakes), ...(left > 0 ? [`- … and ${left} more`] : [])].join("\n"),
    ...(pull === undefined ? [] : [`#${pull.number} stays as it is until then.`]),
    edit,
    ...(file === undefined ? [] : [fold("The file that would come of it", file)]),
  ].join("\n\n");
}

/** Said in the place of a pull request where the repository's settings allow none. */
export function renderReportMode(file: ScaffoldFile, pull: Pull | undefined): string {
  return [
    "### ✅ Valid, and for a maintainer to take",
    `This repository is in report mode, in which the bot writes to no branch${pull === undefined ? "" : `, and so not to that of #${pull.number} either`}. A maintainer can commit this as ${code(file.path)}:`,
    fold("The file", file),
  ].join("\n\n");
}

/** Said where the author has as many proposals open as anybody may. */
export function renderTooMany(pulls: readonly number[]): string {
  const list = pulls.map((number) => `#${number}`).join(", ");
  return [
    "### ⏳ One after the other",
    `Everybody may have ${mostOpenProposals} proposals open at a time, and you have ${list}. When one of them is merged or closed, the bot makes a pull request of this one by itself.`,
  ].join("\n\n");
}

/** Said when others have committed to the branch of the pull request. */
export function renderForeign(pull: number): string {
  return [
    `### ✋ #${pull} is in others' hands now`,
    `Somebody else committed to its branch, so the bot leaves it alone: what is edited here changes nothing there any more. Say in #${pull} what is to be different.`,
  ].join("\n\n");
}

/** Said where the branch is there without the bot's doing, as far as it remembers. */
export function renderUnknownBranch(branch: string): string {
  return [
    "### ✋ The bot cannot go on here",
    `The branch ${code(branch)} has a commit that the bot knows nothing of, so it leaves it alone. A maintainer can open a pull request of it, or remove it: then the bot makes it anew at the next edit of this issue.`,
  ].join("\n\n");
}

/** Said when the pull request was closed and not merged. */
export function renderClosed(pull: number): string {
  return [
    `### #${pull} was closed without a merge`,
    `Why, people say there. Nothing more comes of this issue: to try again, reopen #${pull} or propose the stream in a new issue.`,
  ].join("\n\n");
}

function describe({ where, what, next }: Problem): string {
  const field = where === undefined ? "" : `**${plain(where)}**: `;
  return `- ${field}${said(what)}${next === undefined ? "" : ` ${said(next)}`}`;
}

/** A finding with the line that it is about, which whoever filled in the form never saw. */
function describeFinding(finding: Finding, file: ScaffoldFile | undefined): string {
  const { message, help, rule, helpUrl, line } = finding;
  const text = finding.file === file?.path ? (file.text.split("\n")[line - 1]?.trim() ?? "") : "";
  const place = text === "" ? code(`${finding.file}:${line}`) : code(cutUtf8(text, 100));
  return `- ${place}: ${said(message)} ${said(help)} ([\`${rule}\`](${helpUrl}))`;
}

function said(text: string): string {
  return plain(cutUtf8(text, longestMessage));
}

function fold(title: string, { text }: ScaffoldFile): string {
  return `<details><summary>${title}</summary>\n\n${fence(cutUtf8(text, longestFile), "yaml")}\n\n</details>`;
}
