import { renderHelp } from "../../commands/render-help.ts";
import type { Command } from "../../commands/types.ts";
import type { Bot } from "../bot.ts";
import { approvePromotion } from "./approve-promotion.ts";
import { buildStream } from "./build-stream.ts";
import { cancelRuns } from "./cancel-runs.ts";
import type { Answer, CommandComment } from "./comment.ts";
import { declinePromotion } from "./decline-promotion.ts";
import { holdPromotion } from "./hold-promotion.ts";
import { overrideReleasePhase } from "./override-release-phase.ts";
import { requestPromotion } from "./request-promotion.ts";
import { retest } from "./retest.ts";
import { retryRuns } from "./retry-runs.ts";
import { tryPullRequest } from "./try-pull-request.ts";
import { describeStatus } from "./describe-status.ts";

/** Carries out one command of a person who may use it, in a place where it makes sense. */
export function carryOut(bot: Bot, comment: CommandComment, command: Command): Promise<Answer> {
  switch (command.verb) {
    case "help":
      return Promise.resolve(renderHelp());
    case "status":
      return describeStatus(bot, comment, command);
    case "validate":
    case "retest":
      return retest(bot, comment, command);
    case "build":
      return buildStream(bot, comment, command);
    case "test":
    case "ok-to-test":
      return tryPullRequest(bot, comment, command);
    case "retry":
      return retryRuns(bot, comment, command);
    case "cancel":
      return cancelRuns(bot, comment, command);
    case "accept":
    case "reject":
      return overrideReleasePhase(bot, comment, command);
    case "promote":
      return requestPromotion(bot, comment, command);
    case "approve":
      return approvePromotion(bot, comment, command);
    case "hold":
    case "unhold":
      return holdPromotion(bot, comment, command);
    case "decline":
      return declinePromotion(bot, comment, command);
  }
}
