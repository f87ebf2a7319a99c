import { Hono } from "hono";
import * as z from "zod";
import { reviewPull } from "../actions/review-pull.ts";
import { reviewShape } from "../shapes/comment-shape.ts";
import { reviewCommentShape } from "../shapes/review-comment-shape.ts";
import { answer, paginate, pullOf, readBody, repositoryOf, type RestEnv } from "./context.ts";
import { allowTo, requireTo } from "./rights.ts";

const newComment = z.object({
  path: z.string(),
  body: z.string().min(1),
  line: z.int(),
  side: z.literal("RIGHT").default("RIGHT"),
  start_line: z.int().optional(),
  start_side: z.literal("RIGHT").optional(),
});

const newReview = z.object({
  event: z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]).default("COMMENT"),
  body: z.string().default(""),
  commit_id: z.string().optional(),
  comments: z.array(newComment).default([]),
});

export function reviewRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const path = "/repos/:owner/:repo/pulls/:number/reviews";
  app.get(path, (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readPulls");
    const pull = pullOf(c, repository);
    const page = paginate(c, pull.reviews);
    const body = page.items.map((each) => reviewShape(c.get("world"), repository, pull, each));
    return answer("pulls/list-reviews", 200, body, page.headers);
  });
  app.get("/repos/:owner/:repo/pulls/:number/comments", (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readPulls");
    const pull = pullOf(c, repository);
    const comments = pull.reviews.flatMap((review) =>
      review.comments.map((comment) => ({ review, comment })),
    );
    const page = paginate(c, comments);
    const body = page.items.map(({ review, comment }) =>
      reviewCommentShape(c.get("world"), repository, pull, review, comment),
    );
    return answer("pulls/list-review-comments", 200, body, page.headers);
  });
  app.post(path, async (c) => {
    const world = c.get("world");
    const repository = repositoryOf(c);
    const user = requireTo(c, repository, "writePulls");
    const pull = pullOf(c, repository);
    const { commit_id: commitId, comments, ...sent } = await readBody(c, newReview);
    const placed = comments.map(({ start_line: startLine, ...comment }) => ({
      ...comment,
      startLine,
    }));
    const wanted = { ...sent, commitId, comments: placed };
    const review = await reviewPull(world, repository, pull, wanted, user);
    const shape = reviewShape(world, repository, pull, review);
    return answer("pulls/create-review", 200, shape);
  });
  return app;
}
