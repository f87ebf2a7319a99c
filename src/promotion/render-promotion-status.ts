import { mayMerge } from "./evaluate-gates.ts";
import { plain } from "./markdown.ts";
import type { PromotionStatus } from "./promotion-view.ts";
import type { Gate, GateName } from "./types.ts";

const gateTitles: Record<GateName, string> = {
  release: "Release is Accepted",
  verification: "Verifications",
  soak: "Soak",
  approvals: "Approvals",
  freeze: "No freeze",
  hold: "No hold",
  contents: "Only the bot's commits",
};

const marks: Record<Gate["state"], string> = {
  open: "✅ open",
  waiting: "🕓 waiting",
  closed: "⛔ closed",
  unknown: "❓ unknown, so closed",
};

/** The check run `okd-streams / promotion` on the head of a promotion pull request. */
export interface PromotionCheck {
  readonly conclusion: "success" | "action_required" | "cancelled";
  readonly title: string;
  readonly summary: string;
}

/** The sticky comment of a promotion: its gates, whose approvals count, and what it waits for, as Markdown. */
export function renderPromotionStatus(status: PromotionStatus): string {
  return [`### ${headline(status)}`, details(status)].join("\n\n");
}

/** The same as a check: `action_required` while a gate is not open, `cancelled` once it was declined or closed. */
export function renderPromotionCheck(status: PromotionStatus): PromotionCheck {
  const ended = status.state === "declined" || status.state === "closed";
  const passed = status.state !== "open" || mayMerge(status.gates);
  return {
    conclusion: ended ? "cancelled" : passed ? "success" : "action_required",
    title: headline(status),
    summary: details(status),
  };
}

function headline(status: PromotionStatus): string {
  const headlines: Record<Exclude<PromotionStatus["state"], "open">, string> = {
    merging: "Every gate is open: merging",
    merged: "Merged: the channel wants this release now",
    publishing: "Merged, publishing",
    published: "Published",
    "publish-failed": "Merged, but publishing failed",
    declined: "Declined",
    closed: "Closed without a merge",
  };
  if (status.state !== "open") return headlines[status.state];
  const shut = status.gates.filter(({ state }) => state !== "open");
  const approvals = `${status.approvals.length} of ${status.minimumApprovals} approvals`;
  if (mayMerge(status.gates)) return `${approvals}, every gate is open`;
  if (shut.length === 0) return "The gates were not evaluated yet";
  return `${approvals}; waits for: ${shut.map(({ name }) => gateTitles[name].toLowerCase()).join(", ")}`;
}

function details(status: PromotionStatus): string {
  return [
    status.note === undefined ? undefined : plain(status.note),
    gateTable(status.gates),
    approvalList(status),
    nextStep(status),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function gateTable(gates: readonly Gate[]): string | undefined {
  if (gates.length === 0) return undefined;
  const rows = gates.map(
    ({ name, state, why }) => `| ${gateTitles[name]} | ${marks[state]} | ${why} |`,
  );
  return ["| gate | state | why |", "| --- | --- | --- |", ...rows].join("\n");
}

function approvalList({ approvals, ignored }: PromotionStatus): string | undefined {
  const lines = [
    ...approvals.map(({ login, createdAt }) => `- ✅ ${plain(login)} approved at ${createdAt}`),
    ...ignored.map(({ login, why }) => `- ${plain(login)} does not count: ${plain(why)}`),
  ];
  return lines.length === 0 ? undefined : lines.join("\n");
}

function nextStep({ state, gates, url }: PromotionStatus): string | undefined {
  if (
    state === "open" &&
    gates.some(({ name, state: gate }) => name === "approvals" && gate !== "open")
  ) {
    return "An approver agrees with `/approve` and refuses with `/decline REASON`.";
  }
  if (state === "publish-failed") return "A maintainer publishes it again with `/retry`.";
  return url === undefined ? undefined : `[See how it goes](${url}).`;
}
