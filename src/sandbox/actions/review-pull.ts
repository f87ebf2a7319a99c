import { unprocessable } from "../refusal.ts";
import { nextId, timestamp, type World } from "../world.ts";
import type { Account, PullRequest, Repository, Review } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { reviewSubmitted } from "../webhooks/payloads.ts";
import { limitContent } from "./content-limit.ts";
import { placeComments, type NewReviewComment } from "./place-comments.ts";

const states = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
} as const;

export interface NewReview {
  readonly event: keyof typeof states;
  readonly body: string;
  readonly commitId?: string | undefined;
  readonly comments: readonly NewReviewComment[];
}

/** Submits a review of the current head; nobody approves their own pull request. */
export async function reviewPull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  { event: verdict, body, commitId, comments }: NewReview,
  user: Account,
): Promise<Review> {
  if (verdict !== "COMMENT" && user.id === pull.user.id) {
    const verb = verdict === "APPROVE" ? "approve" : "request changes on";
    throw unprocessable(`Can not ${verb} your own pull request`);
  }
  if (commitId !== undefined && commitId !== pull.head.sha)
    throw unprocessable("commit_id is not the head of the pull request");
  const placed = await placeComments(world, repository, pull, comments);
  limitContent(world);
  const review: Review = {
    id: nextId(world),
    user,
    body,
    state: states[verdict],
    commitId: pull.head.sha,
    submittedAt: timestamp(),
    comments: placed,
  };
  pull.reviews.push(review);
  emit(world, repository, "pull_request_review", reviewSubmitted(world, repository, pull, review));
  return review;
}
