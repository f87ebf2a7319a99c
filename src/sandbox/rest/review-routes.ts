import { Hono } from "hono";
import { z } from "zod";
import { reviewPull } from "../actions/review-pull.ts";
import { reviewShape } from "../shapes/comment-shape.ts";
import { answer, paginate, pullOf, readBody, repositoryOf, type RestEnv } from "./context.ts";
import { allowTo, requireTo } from "./rights.ts";

const newReview = z.object({
  event: z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]).default("COMMENT"),
  body: z.string().default(""),
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
  app.post(path, async (c) => {
    const world = c.get("world");
    const repository = repositoryOf(c);
    const user = requireTo(c, repository, "writePulls");
    const pull = pullOf(c, repository);
    const { event, body } = await readBody(c, newReview);
    const review = reviewPull(world, repository, pull, event, body, user);
    const shape = reviewShape(world, repository, pull, review);
    return answer("pulls/create-review", 200, shape);
  });
  return app;
}
