import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import type { Bot } from "../bot.ts";
import { judgeRelease } from "../releases/judge-release.ts";
import { makeRelease } from "../releases/make-release.ts";

/** Carries out what follows from the end of a run; each part may be repeated. */
export async function settleRun(bot: Bot, repository: Repository, run: Run): Promise<void> {
  switch (run.kind) {
    case "build":
      if (run.state === "succeeded") await makeRelease(bot, repository, run);
      return;
    case "verify":
      return judgeRelease(bot, repository, run.subject);
    case "publish":
    case "trial":
      return;
  }
}
