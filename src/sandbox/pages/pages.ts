import { type Context, Hono, type MiddlewareHandler } from "hono";
import { readBlob } from "../git/objects.ts";
import { Refusal, notFound } from "../refusal.ts";
import type { Repository } from "../types.ts";
import { fullName, type World } from "../world.ts";
import { filePage } from "./file-page.ts";
import { formRoutes } from "./form-routes.ts";
import { homePage } from "./home-page.ts";
import { issuePage } from "./issue-page.ts";
import { newIssuePage } from "./new-issue-page.ts";
import { newPullPage } from "./new-pull-page.ts";
import { issueOf, pullOf, repositoryOf, type PagesEnv } from "./page-context.ts";
import { pullPage } from "./pull-page.ts";
import { repositoryPage } from "./repository-page.ts";
import { script, style } from "./style.ts";

const policy =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The pages on which a visitor sees the repositories and acts as one of the people. */
export function pages(world: World): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  const guard: MiddlewareHandler<PagesEnv> = async (c, next) => {
    refuseStrangers(world, c);
    await next();
    c.header("content-security-policy", policy);
    c.header("x-content-type-options", "nosniff");
  };
  app.use("*", guard);
  app.get("/-/style.css", (c) => c.body(style, 200, { "content-type": "text/css" }));
  app.get("/-/live.js", (c) => c.body(script, 200, { "content-type": "text/javascript" }));
  app.get("/", (c) => c.html(homePage(world)));
  app.get("/:owner/:repo", async (c) => c.html(await repositoryPage(repositoryOf(world, c))));
  app.get("/:owner/:repo/new", async (c) =>
    c.html(await newPullPage(world, repositoryOf(world, c), c.req.query())),
  );
  app.get("/:owner/:repo/issues/new", async (c) =>
    c.html(await newIssuePage(world, repositoryOf(world, c), c.req.query())),
  );
  app.get("/:owner/:repo/issues/:number", async (c) => {
    const repository = repositoryOf(world, c);
    const number = Number(c.req.param("number"));
    if (repository.pulls.has(number))
      return c.redirect(`/${fullName(repository)}/pull/${number.toString()}`);
    return c.html(await issuePage(world, repository, issueOf(repository, c), c.req.query()));
  });
  app.get("/:owner/:repo/pull/:number", async (c) => {
    const repository = repositoryOf(world, c);
    return c.html(await pullPage(world, repository, pullOf(repository, c), c.req.query()));
  });
  app.get("/:owner/:repo/runs/:id", (c) => {
    const repository = repositoryOf(world, c);
    return c.redirect(pageOfRun(repository, Number(c.req.param("id"))));
  });
  app.get("/:owner/:repo/blob/:revision/:path{.+}", async (c) => {
    const repository = repositoryOf(world, c);
    const { revision, path } = c.req.param();
    const content = await readBlob(repository.directory, `${revision}:${path}`);
    if (content === undefined) throw notFound();
    return c.html(filePage(repository, revision, path, content));
  });
  app.route("/", formRoutes(world));
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.text(error.message, error.status);
    return c.text(`Server Error: ${error.message}`, 500);
  });
  return app;
}

/** A check run is shown on the pull request whose head or merge commit it stands on. */
function pageOfRun(repository: Repository, id: number): string {
  const run = repository.checkRuns.find((each) => each.id === id);
  if (run === undefined) throw notFound();
  const pull = [...repository.pulls.values()].find((each) =>
    [each.head.sha, each.mergeCommitSha].includes(run.headSha),
  );
  const page = `/${fullName(repository)}`;
  return pull === undefined
    ? page
    : `${page}/pull/${pull.number.toString()}#check-${id.toString()}`;
}

/** Another site must neither read these pages through a name of its own nor post to them. */
function refuseStrangers(world: World, c: Context<PagesEnv>): void {
  const { host, port } = new URL(world.url);
  const own = [host, `localhost:${port}`];
  if (!own.includes(c.req.header("host") ?? "")) throw new Refusal(403, "Unknown host");
  if (c.req.method === "GET" || c.req.method === "HEAD") return;
  const origin = c.req.header("origin");
  if (!own.some((host) => origin === `http://${host}`))
    throw new Refusal(403, "This form has to be sent from the page itself.");
}
