import { authorise, type Actor } from "../../commands/authorise.ts";
import { checkPlace } from "../../commands/check-place.ts";
import { parseComment } from "../../commands/parse-comment.ts";
import type { Command, ParsedCommand } from "../../commands/types.ts";
import { addReaction } from "../../github/add-reaction.ts";
import { permissionOf } from "../../github/permission-of.ts";
import { describeProblem } from "../../problem.ts";
import { approverNames, isAmong } from "../../promotion/is-approver.ts";
import { listPromotions } from "../../store/promotions.ts";
import type { Repository } from "../../store/repository-record.ts";
import { carryOut } from "./carry-out.ts";
import { checkMode } from "./check-mode.ts";
import type { CommandComment } from "./comment.ts";
import type { Bot } from "../bot.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { readTeams } from "../promotions/read-teams.ts";
import { clientFor, reportComment } from "../report.ts";

export interface WrittenComment {
  readonly issue: number;
  readonly isPullRequest: boolean;
  readonly issueAuthor: string | undefined;
  readonly commentId: number;
  readonly body: string;
  readonly login: string;
  readonly isBot: boolean;
}

/** Carries out the commands of a new comment, each for whom it is meant, and answers what they say. */
export async function answerComment(
  bot: Bot,
  repository: Repository,
  written: WrittenComment,
): Promise<void> {
  if (written.isBot) return;
  const commands = parseComment(written.body);
  if (commands.length === 0) return;
  await addReaction(clientFor(bot, repository), written.commentId, "eyes");
  const comment = await readAround(bot, repository, written);
  const answers: string[] = [];
  for (const command of commands) {
    const answer = await answerCommand(bot, comment, command);
    if (answer !== undefined) answers.push(answer);
  }
  if (answers.length === 0) return;
  await reportComment(bot, repository, {
    issue: written.issue,
    purpose: `reply:${written.commentId}`,
    body: answers.join("\n\n"),
  });
}

async function answerCommand(
  bot: Bot,
  comment: CommandComment,
  command: ParsedCommand,
): Promise<string | undefined> {
  if ("error" in command) return describeProblem(command.error);
  const place = checkPlace(command.verb, comment.promotion !== undefined);
  if (!place.ok) return describeProblem(place.problem);
  if (!isDecidedPerRun(command)) {
    const allowed = authorise(command, comment.actor);
    if (!allowed.ok) return describeProblem(allowed.problem);
  }
  const mode = checkMode(command, comment.streams.settings);
  if (!mode.ok) return describeProblem(mode.problem);
  return carryOut(bot, comment, command);
}

/** A stream's own maintainers may retry and cancel its runs, so those ask for each run that they find. */
function isDecidedPerRun(command: Command): boolean {
  return command.verb === "retry" || command.verb === "cancel";
}

async function readAround(
  bot: Bot,
  repository: Repository,
  written: WrittenComment,
): Promise<CommandComment> {
  const { head, streams } = await readDefaultBranch(bot, repository, { fetch: true });
  const [promotion] = await listPromotions(
    bot.db,
    { repositoryId: repository.id, pullNumber: written.issue },
    1,
  );
  const client = clientFor(bot, repository);
  const policy =
    promotion && streams.channels.get(promotion.channel)?.value.spec.promotion.approvals;
  const approvers = policy ? approverNames(policy, streams.settings.roles?.approvers) : [];
  const teams = await readTeams(client, approvers, [written.login]);
  const actor: Actor = {
    login: written.login,
    role: await permissionOf(client, written.login),
    isBot: written.isBot,
    isAuthor: written.isPullRequest && written.issueAuthor === written.login,
    maintainsStream: (stream) =>
      isAmong(written.login, streams.streams.get(stream)?.value.spec.maintainers ?? [], new Map()),
    isApprover: isAmong(written.login, approvers, teams),
    isRequester: promotion?.requester === written.login,
  };
  return {
    repository,
    issue: written.issue,
    isPullRequest: written.isPullRequest,
    commentId: written.commentId,
    login: written.login,
    actor,
    streams,
    head,
    promotion,
  };
}
