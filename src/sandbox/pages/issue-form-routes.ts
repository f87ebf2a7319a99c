import { Hono } from "hono";
import * as z from "zod";
import { createComment } from "../actions/comments.ts";
import { createIssue } from "../actions/create-issue.ts";
import { updateIssue } from "../actions/update-issue.ts";
import { atLeast, roleOf } from "../actor.ts";
import { composeBody } from "../forms/compose-body.ts";
import { readIssueForms } from "../forms/read-issue-forms.ts";
import { Refusal, notFound } from "../refusal.ts";
import type { Account, Issue, Repository } from "../types.ts";
import { fullName, type World } from "../world.ts";
import { actAndReturn, persona, personOf, readForm, type PageContext } from "./form-tools.ts";
import { type PagesEnv, issueOf, repositoryOf } from "./page-context.ts";

/** What the forms of issues do, with the rights of the person chosen. */
export function issueFormRoutes(world: World): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  app.post("/:owner/:repo/issues/new", (c) => submit(world, c));
  app.post("/:owner/:repo/issues/:number/comment", (c) => comment(world, c));
  app.post("/:owner/:repo/issues/:number/edit", (c) => edit(world, c));
  app.post("/:owner/:repo/issues/:number/state", (c) => setState(world, c));
  return app;
}

function pageOf(repository: Repository, { number }: Issue): string {
  return `/${fullName(repository)}/issues/${number.toString()}`;
}

const filled = persona
  .extend({ template: z.string(), title: z.string().min(1) })
  .catchall(z.string());

async function submit(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const { as, template, title, ...fields } = await readForm(c, filled);
  const form = (await readIssueForms(repository)).get(template);
  if (form === undefined) throw notFound();
  const page = `/${fullName(repository)}/issues/new`;
  return actAndReturn(c, page, as, () => {
    const values = Object.fromEntries(
      Object.entries(fields).map(
        ([name, value]) => [name.replace(/^field-/, ""), value.replaceAll("\r\n", "\n")] as const,
      ),
    );
    const body = composeBody(form, values);
    const wanted = { title, body, labels: form.labels };
    const issue = createIssue(world, repository, wanted, personOf(world, as));
    return Promise.resolve(pageOf(repository, issue));
  });
}

async function comment(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const issue = issueOf(repository, c);
  const form = await readForm(c, persona.extend({ body: z.string() }));
  return actAndReturn(c, pageOf(repository, issue), form.as, () => {
    const body = form.body.replaceAll("\r\n", "\n");
    createComment(world, repository, issue, body, personOf(world, form.as));
    return Promise.resolve(undefined);
  });
}

async function edit(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const issue = issueOf(repository, c);
  const form = await readForm(c, persona.extend({ title: z.string().min(1), body: z.string() }));
  return actAndReturn(c, pageOf(repository, issue), form.as, () => {
    const person = personOf(world, form.as);
    requireEditor(repository, issue, person);
    // As GitHub stores what comes from a browser.
    updateIssue(world, repository, issue, { title: form.title, body: form.body }, person);
    return Promise.resolve(undefined);
  });
}

async function setState(world: World, c: PageContext): Promise<Response> {
  const repository = repositoryOf(world, c);
  const issue = issueOf(repository, c);
  const form = await readForm(c, persona.extend({ state: z.enum(["open", "closed"]) }));
  return actAndReturn(c, pageOf(repository, issue), form.as, () => {
    const person = personOf(world, form.as);
    requireEditor(repository, issue, person);
    updateIssue(world, repository, issue, { state: form.state }, person);
    return Promise.resolve(undefined);
  });
}

function requireEditor(repository: Repository, issue: Issue, person: Account): void {
  if (issue.user.id === person.id || atLeast(roleOf(repository, person.login), "triage")) return;
  throw new Refusal(403, "Only its author and those who may triage can change this issue.");
}
