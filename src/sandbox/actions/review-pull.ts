import { invalid } from "../refusal.ts";
import { nextId, timestamp, type World } from "../world.ts";
import type { Account, PullRequest, Repository, Review } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { reviewSubmitted } from "../webhooks/payloads.ts";
import { limitContent } from "./content-limit.ts";

const states = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
} as const;

/** Submits a review of the current head; nobody approves their own pull request. */
export function reviewPull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  verdict: keyof typeof states,
  body: string,
  user: Account,
): Review {
  if (verdict !== "COMMENT" && user.id === pull.user.id) {
    const verb = verdict === "APPROVE" ? "approve" : "request changes on";
    throw invalid("PullRequestReview", "event", `Can not ${verb} your own pull request`);
  }
  limitContent(world);
  const review: Review = {
    id: nextId(world),
    user,
    body,
    state: states[verdict],
    commitId: pull.head.sha,
    submittedAt: timestamp(),
  };
  pull.reviews.push(review);
  emit(world, repository, "pull_request_review", reviewSubmitted(world, repository, pull, review));
  return review;
}
