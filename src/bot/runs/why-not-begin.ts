import { describeProblem } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import type { Bot } from "../bot.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { checkActive } from "./check-active.ts";
import { refusePublication } from "./refuse-publication.ts";

/** Why a run that was asked for, and not sent yet, is not to begin now: for a while, or for good. */
export interface Hold {
  readonly lasts: "for a while" | "for good";
  /** For people. */
  readonly why: string;
}

/**
 * Whether what the default branch says by now keeps a build or a publication from beginning; it may have waited for its
 * turn, or for a cluster that did not answer. Verifications and trials have rules of their own.
 */
export async function whyNotBegin(
  bot: Bot,
  repository: Repository,
  run: Run,
): Promise<Hold | undefined> {
  const { kind, stream, sentAt } = run;
  // What may have arrived is seen through.
  if (sentAt !== null || (kind !== "build" && kind !== "publish")) return undefined;
  // Of what is published nobody takes back a copy, so that it has to be true now, and not as of the last event.
  const { streams } = await readDefaultBranch(bot, repository, { fetch: kind === "publish" });
  const { pause, mode } = streams.settings;
  if (kind === "build") {
    const active = checkActive(streams, stream);
    if (!active.ok) return { lasts: "for good", why: describeProblem(active.problem) };
  }
  if (kind === "publish") {
    const refusal = refusePublication(streams, run);
    if (refusal !== undefined) return { lasts: "for good", why: describeProblem(refusal) };
  }
  if (mode === "report")
    return { lasts: "for good", why: "The repository went into report mode before it began." };
  if (pause !== true) return undefined;
  return {
    lasts: "for a while",
    why: "Waits for the end of the repository's pause (`pause` in `.github/okd-streams.yml`).",
  };
}
