import type { Actor } from "../../commands/authorise.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { StreamsRepository } from "../../streams/repository.ts";

/** A comment that holds commands, with what is known around it; policy is the default branch's. */
export interface CommandComment {
  readonly repository: Repository;
  /** Number of the issue or pull request. */
  readonly issue: number;
  readonly isPullRequest: boolean;
  readonly commentId: number;
  readonly login: string;
  readonly actor: Actor;
  readonly streams: StreamsRepository;
  /** Head commit of the default branch. */
  readonly head: string;
  /** The promotion whose pull request this is. */
  readonly promotion: Promotion | undefined;
}

/** What a command answers: Markdown for the reply, or nothing where its effect shows elsewhere. */
export type Answer = string | undefined;
