import { Hono, type Context } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { channelPage } from "./channel-page.ts";
import { homePage } from "./home-page.ts";
import { html } from "./html.ts";
import { layout, type Page } from "./layout.ts";
import { logPage } from "./log-page.ts";
import { releasePage } from "./release-page.ts";
import { runPage } from "./run-page.ts";
import { chooseRepositories, openSite, type PagesOptions, type Site } from "./site.ts";
import { streamPage } from "./stream-page.ts";
import { streamsPage } from "./streams-page.ts";
import { stylesheet } from "./stylesheet.ts";

/** The pages need one stylesheet and nothing else: no script, no frame, no form, nothing from elsewhere. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

type Render = (site: Site, chosen: Site["repositories"]) => Promise<Page | undefined>;

/** The pages for people, and what a load balancer asks; all of them only read. */
export function createPages(options: PagesOptions): Hono {
  const pages = new Hono();
  const answer = async (context: Context, render: Render) => {
    const site = await openSite(options);
    const chosen = chooseRepositories(site, context.req.query("repository"));
    const page = await render(site, chosen);
    return context.html(layout(site, page ?? notFoundPage()), page === undefined ? 404 : 200);
  };
  pages.use(secureHeaders({ contentSecurityPolicy, referrerPolicy: "same-origin" }));
  pages.get("/healthz", (context) => context.text("ok\n"));
  pages.get("/readyz", async (context) => {
    try {
      await openSite(options);
    } catch {
      return context.text("The database does not answer.\n", 503);
    }
    return context.text("ready\n");
  });
  pages.get("/assets/style.css", (context) => {
    context.header("Content-Type", "text/css; charset=utf-8");
    context.header("Cache-Control", "public, max-age=300");
    return context.body(stylesheet);
  });
  pages.get("/", (context) => answer(context, homePage));
  pages.get("/streams", (context) => answer(context, streamsPage));
  pages.get("/streams/:name", (context) =>
    answer(context, (site, chosen) => streamPage(site, chosen, context.req.param("name"))),
  );
  pages.get("/channels/:name", (context) =>
    answer(context, (site, chosen) => channelPage(site, chosen, context.req.param("name"))),
  );
  pages.get("/releases/:name", (context) =>
    answer(context, (site, chosen) => releasePage(site, chosen, context.req.param("name"))),
  );
  pages.get("/runs/:run", (context) =>
    answer(context, (site, chosen) => runPage(site, chosen, context.req.param("run"))),
  );
  pages.get("/runs/:run/logs/:task/:step", (context) =>
    answer(context, (site, chosen) => logPage(site, chosen, context.req.param())),
  );
  // Not `notFound`: that one is lost where these pages are mounted in another app.
  pages.get("*", (context) => answer(context, () => Promise.resolve(undefined)));
  return pages;
}

function notFoundPage(): Page {
  return {
    title: "Not found",
    body: html`<h1>There is nothing here</h1>
      <p class="lead">
        The stream, channel, release or run may have been renamed or retired. The channels and the
        streams above list all that exist.
      </p>`,
  };
}
