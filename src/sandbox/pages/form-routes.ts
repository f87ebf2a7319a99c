import { Hono } from "hono";
import * as z from "zod";
import { applySuggestion } from "../actions/apply-suggestion.ts";
import { rerequestCheckRun, requestCheckAction } from "../actions/check-runs.ts";
import { createComment } from "../actions/comments.ts";
import { mergePull } from "../actions/merge-pull.ts";
import { proposeFile } from "../actions/propose-file.ts";
import { notFound } from "../refusal.ts";
import { fullName, type World } from "../world.ts";
import {
  actAndReturn,
  persona,
  personOf,
  readForm,
  requireRole,
  type PageContext,
} from "./form-tools.ts";
import { issueFormRoutes } from "./issue-form-routes.ts";
import { type PagesEnv, pullOf, repositoryOf } from "./page-context.ts";

/** What the forms of the pages do, with the rights of the person chosen. */
export function formRoutes(world: World): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  app.post("/:owner/:repo/new", (c) => openFromForm(world, c));
  app.post("/:owner/:repo/pull/:number/comment", (c) => comment(world, c));
  app.post("/:owner/:repo/pull/:number/merge", (c) => merge(world, c));
  app.post("/:owner/:repo/pull/:number/suggestion", (c) => takeSuggestion(world, c));
  app.post("/:owner/:repo/runs/:id", (c) => rerun(world, c));
  app.route("/", issueFormRoutes(world));
  return app;
}

async function comment(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const pull = pullOf(repository, c);
  const form = await readForm(c, persona.extend({ body: z.string() }));
  const page = `/${fullName(repository)}/pull/${pull.number.toString()}`;
  return actAndReturn(c, page, form.as, () => {
    const body = form.body.replaceAll("\r\n", "\n");
    createComment(world, repository, pull, body, personOf(world, form.as));
    return Promise.resolve(undefined);
  });
}

async function merge(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const pull = pullOf(repository, c);
  const form = await readForm(c, persona.extend({ sha: z.string() }));
  const page = `/${fullName(repository)}/pull/${pull.number.toString()}`;
  return actAndReturn(c, page, form.as, async () => {
    const person = personOf(world, form.as);
    const refusal = "Only those with write access to this repository can merge pull requests.";
    requireRole(repository, person, "write", refusal);
    await mergePull(world, repository, pull, { method: "merge", sha: form.sha }, person);
    return undefined;
  });
}

async function takeSuggestion(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const pull = pullOf(repository, c);
  const form = await readForm(c, persona.extend({ comment: z.coerce.number() }));
  const review = pull.reviews.find(({ comments }) =>
    comments.some(({ id }) => id === form.comment),
  );
  const comment = review?.comments.find(({ id }) => id === form.comment);
  if (review === undefined || comment === undefined) throw notFound();
  const page = `/${fullName(repository)}/pull/${pull.number.toString()}`;
  return actAndReturn(c, page, form.as, async () => {
    const person = personOf(world, form.as);
    const refusal = "Only those with write access to the branch can commit suggestions.";
    requireRole(pull.head.repository, person, "write", refusal);
    await applySuggestion(world, pull, review.commitId, comment, person);
    return undefined;
  });
}

async function rerun(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const form = await readForm(c, persona.extend({ back: z.string(), action: z.string() }));
  const run = repository.checkRuns.find((each) => each.id === Number(c.req.param("id")));
  if (run === undefined) throw notFound();
  const page = `/${fullName(repository)}`;
  const back = form.back.startsWith(`${page}/`) ? form.back : page;
  return actAndReturn(c, back, form.as, () => {
    const person = personOf(world, form.as);
    requireRole(repository, person, "write", "Only those with write access can run checks again.");
    if (form.action === "") rerequestCheckRun(world, repository, run, person);
    else requestCheckAction(world, repository, run, form.action, person);
    return Promise.resolve(undefined);
  });
}

const newPull = persona.extend({
  title: z.string().min(1),
  branch: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/),
  path: z.string().min(1),
  content: z.string(),
});

async function openFromForm(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const { as, ...wanted } = await readForm(c, newPull);
  const page = `/${fullName(repository)}`;
  return actAndReturn(c, `${page}/new`, as, async () => {
    const content = wanted.content.replaceAll("\r\n", "\n");
    const proposal = { ...wanted, content };
    const pull = await proposeFile(world, repository, proposal, personOf(world, as));
    return `${page}/pull/${pull.number.toString()}`;
  });
}
