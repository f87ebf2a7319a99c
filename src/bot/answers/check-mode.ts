import type { Command, Verb } from "../../commands/types.ts";
import { failed, ok, type Result } from "../../problem.ts";
import type { StreamsSettings } from "../../streams/types.ts";

/** Commands that make something run or move. */
const starting: readonly Verb[] = ["build", "test", "ok-to-test", "retry", "promote", "approve"];

/**
 * Whether the repository's settings let a command start anything: neither a pause nor report mode does. `refused` where
 * they do not; an approval may be taken back at any time.
 */
export function checkMode(command: Command, settings: StreamsSettings): Result<void> {
  const { verb } = command;
  const why =
    settings.pause === true
      ? "The repository is paused"
      : settings.mode === "report"
        ? "The repository is in report mode"
        : undefined;
  if (why === undefined || !starting.includes(verb)) return ok(undefined);
  if (command.verb === "approve" && command.cancel) return ok(undefined);
  return failed({
    kind: "refused",
    where: `/${verb}`,
    what: `${why}, so nothing is built or promoted.`,
    next: "A maintainer changes that in `.github/okd-streams.yml` on the default branch.",
  });
}
