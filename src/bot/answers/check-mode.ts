import type { Verb } from "../../commands/types.ts";
import { failed, ok, type Result } from "../../problem.ts";
import type { StreamsSettings } from "../../streams/types.ts";

/** Commands that make something run or move. */
const starting: readonly Verb[] = ["build", "retry", "promote", "approve"];

/** Whether the repository's settings let a command start anything: neither a pause nor report mode does. */
export function checkMode(verb: Verb, settings: StreamsSettings): Result<void> {
  const why =
    settings.pause === true
      ? "The repository is paused"
      : settings.mode === "report"
        ? "The repository is in report mode"
        : undefined;
  if (why === undefined || !starting.includes(verb)) return ok(undefined);
  return failed({
    kind: "refused",
    where: `/${verb}`,
    what: `${why}, so nothing is built or promoted.`,
    next: "A maintainer changes that in `.github/okd-streams.yml` on the default branch.",
  });
}
