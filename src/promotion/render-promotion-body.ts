import { code, codeLink, plain } from "./markdown.ts";
import type { PromotionView } from "./promotion-view.ts";
import type { ObservedVerification } from "./release-phase.ts";

/** The body of a promotion pull request: what it does, the evidence, and what a reader can do, as Markdown. */
export function renderPromotionBody(view: PromotionView): string {
  return [
    introduction(view),
    "### The evidence",
    evidence(view),
    "### Its verifications",
    verifications(view.verifications),
    "### What to do",
    whatToDo(view),
  ].join("\n\n");
}

/** The title of a promotion pull request, and of its merge commit: one line that `git log` reads well with. */
export function renderPromotionTitle(
  view: Pick<PromotionView, "channel" | "targetName" | "release">,
): string {
  return `Promote ${view.release} to ${view.channel} as ${view.targetName}`;
}

function introduction(view: PromotionView): string {
  const channel = codeLink(view.channel, view.channelUrl);
  const from =
    view.fromName === undefined ? "It is empty now." : `It holds ${code(view.fromName)} now.`;
  const request =
    view.requestUrl === undefined
      ? plain(view.requester)
      : `[${plain(view.requester)}](${view.requestUrl})`;
  return [
    `This pull request moves the channel ${channel} (${plain(view.channelTitle)}) to the release ${code(view.release)}, published as **${code(view.targetName)}**. ${from}`,
    `${request} asked for it. When it is merged, everybody who follows the channel gets this release. Nobody merges it by hand: the bot does, once every gate is open; its comment below says how they stand.`,
  ].join("\n\n");
}

function evidence(view: PromotionView): string {
  const rows: [string, string][] = [
    [
      "From → to",
      `${view.fromName === undefined ? "(empty)" : code(view.fromName)} → ${code(view.targetName)}`,
    ],
    ["Release", codeLink(view.release, view.releaseUrl)],
    ["Stream", code(view.stream)],
    ["Image", code(view.pullSpec)],
    ["Digest", code(view.digest)],
    ["Built from commit", codeLink(view.commit.slice(0, 10), view.commitUrl)],
    ["Built by run", codeLink(view.runName, view.runUrl)],
    [
      "Soak",
      view.soak === undefined
        ? "the channel asks for none"
        : `at least ${plain(view.soak)} as Accepted`,
    ],
  ];
  return table(["what", "value"], rows);
}

function verifications(list: readonly ObservedVerification[]): string {
  if (list.length === 0) return "The stream has none.";
  const rows = list.map(({ name, mode, state, attempts, maxRetries, url }): string[] => [
    codeLink(name, url),
    mode,
    state,
    `${attempts} of at most ${maxRetries + 1}`,
  ]);
  return table(["verification", "mode", "state", "attempts"], rows);
}

function whatToDo({ minimumApprovals, approvers, requester }: PromotionView): string {
  const who = approvers.length === 0 ? "(nobody is named)" : approvers.map(code).join(", ");
  const people = minimumApprovals === 1 ? "1 approval" : `${minimumApprovals} approvals`;
  return [
    `It needs ${people} by ${who}. ${plain(requester)} asked for it, and so does not count.`,
    [
      "- Agree: comment `/approve`. Take it back: `/approve cancel`.",
      "- Refuse for good: comment `/decline REASON`.",
      "- Make it wait (maintainers): comment `/hold REASON`, and `/unhold` later.",
      "- Do not push to this branch: a commit that is not the bot's closes the promotion.",
    ].join("\n"),
  ].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
