import { fence, neutralise } from "../../github/text.ts";
import type { Stream } from "../../streams/types.ts";
import type { BuildOutcome, StreamHealth } from "./stream-health.ts";

/** More would be a crowd. */
const mostMentioned = 10;

export interface FailureView {
  readonly stream: Stream;
  /** Base of the bot's pages. */
  readonly publicUrl: string;
}

/** What the tracking issue of a failing stream says: what failed last, since when, and whom it concerns. */
export function renderFailure(
  health: Extract<StreamHealth, { is: "failing" }>,
  { stream, publicUrl }: FailureView,
): string {
  const { latest, first, count } = health;
  const { run } = latest;
  const name = stream.metadata.name;
  const often = count === 1 ? "once" : `${count} times in a row`;
  const parts = [
    `### \`${name}\` fails`,
    `${whatFailed(latest)} That happened ${often}, first at ${first.requestedAt}.`,
    run.message === null || run.message === "" ? undefined : neutralise(run.message),
    run.logTail === null || run.logTail === ""
      ? undefined
      : `<details open><summary>Last lines of the log</summary>\n\n${fence(run.logTail)}\n\n</details>`,
    `<sub>[Run \`${run.name}\`](${publicUrl}/runs/${run.id}) on cluster \`${run.cluster}\` at ${run.commit.slice(0, 10)} · [all builds of \`${name}\`](${publicUrl}/streams/${name})</sub>`,
    `\`/retry ${run.name}\` in a comment builds it again. This issue is kept up to date and closed when the stream recovers.`,
    mentions(stream),
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}

/** What the issue says when it is closed. */
export function renderRecovery(name: string, why: string): string {
  return `### \`${name}\` does not fail any more\n\n${why}`;
}

/** Why a stream is well again. */
export function recoveredBy({ run, release }: BuildOutcome, publicUrl: string): string {
  const released =
    release === undefined ? "" : ` Its release \`${release.name}\` is ${release.phase}.`;
  return `[Run \`${run.name}\`](${publicUrl}/runs/${run.id}) succeeded.${released}`;
}

function whatFailed({ run, release }: BuildOutcome): string {
  if (run.state === "succeeded" && release !== undefined)
    return `The release \`${release.name}\` is **Rejected**: ${neutralise(release.phaseReason ?? "")}`;
  if (run.state === "succeeded") return "Its last build succeeded, but **made no release**.";
  return `Its last build ended as **${run.state.replace("-", " ")}**.`;
}

/** Only when an issue is opened does GitHub tell those whom it mentions. */
function mentions({ spec }: Stream): string | undefined {
  const people = (spec.maintainers ?? []).slice(0, mostMentioned);
  if (people.length === 0) return undefined;
  return `Maintainers of the stream: ${people.map((name) => `@${name.replace(/^@/, "")}`).join(", ")}`;
}
