import { Hono } from "hono";
import * as z from "zod";
import { atLeast, roleOf } from "../actor.ts";
import { createIssue } from "../actions/create-issue.ts";
import { addLabel, updateIssue } from "../actions/update-issue.ts";
import { Refusal, invalid, notFound } from "../refusal.ts";
import { issueShape } from "../shapes/issue-shape.ts";
import { labelShape } from "../shapes/pull-shape.ts";
import type { Conversation } from "../types.ts";
import {
  answer,
  conversationOf,
  paginate,
  pathNumber,
  pathPart,
  readBody,
  repositoryOf,
  type RestContext,
  type RestEnv,
} from "./context.ts";
import { allowTo, requireTo } from "./rights.ts";

/** Issues, pull requests as issues, and labels. */
export function issueRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const base = "/repos/:owner/:repo/issues";
  const labels = "/repos/:owner/:repo/labels";
  app.get(base, listIssues);
  app.post(base, postIssue);
  app.get(`${base}/:number`, (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readIssues");
    const shape = issueShape(c.get("world"), repository, conversationOf(c, repository));
    return answer("issues/get", 200, shape);
  });
  app.patch(`${base}/:number`, patchIssue);
  app.get(`${base}/:number/labels`, listLabels);
  app.post(`${base}/:number/labels`, addLabels);
  app.delete(`${base}/:number/labels/:name`, removeLabel);
  app.get(`${labels}/:name`, (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readIssues");
    const name = pathPart(c, "name");
    if (!repository.labels.has(name)) throw notFound();
    return answer("issues/get-label", 200, labelShape(c.get("world"), repository, name));
  });
  app.post(labels, postLabel);
  return app;
}

function listIssues(c: RestContext): Response {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readIssues");
  const { state = "open", labels = "", direction } = c.req.query();
  const wanted = labels.split(",").filter((label) => label !== "");
  const all: Conversation[] = [...repository.issues.values(), ...repository.pulls.values()];
  const found = all
    .filter((each) => state === "all" || each.state === state)
    .filter((each) => wanted.every((label) => each.labels.includes(label)))
    .sort((one, other) => one.number - other.number);
  const page = paginate(c, direction === "asc" ? found : found.reverse());
  const body = page.items.map((each) => issueShape(c.get("world"), repository, each));
  return answer("issues/list-for-repo", 200, body, page.headers);
}

const newIssue = z.object({
  title: z.string().min(1),
  body: z.string().nullish(),
  labels: z.array(z.string()).default([]),
});

async function postIssue(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  const user = requireTo(c, repository, "writeIssues");
  const { labels, body = null, title } = await readBody(c, newIssue);
  // Without the right to label, GitHub leaves them away and says nothing.
  const mayLabel =
    c.get("actor").kind === "installation" || atLeast(roleOf(repository, user.login), "triage");
  for (const label of mayLabel ? labels : []) repository.labels.add(label);
  const wanted = { title, body, labels: mayLabel ? labels : [] };
  const issue = createIssue(c.get("world"), repository, wanted, user);
  return answer("issues/create", 201, issueShape(c.get("world"), repository, issue));
}

const issueChange = z.object({
  title: z.string().min(1).optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
});

/** Its author may edit an issue, and who may triage. */
async function patchIssue(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  const sender = requireTo(c, repository, "writeIssues");
  const issue = repository.issues.get(pathNumber(c, "number"));
  if (issue === undefined) throw notFound();
  const mayEdit =
    c.get("actor").kind === "installation" ||
    issue.user.id === sender.id ||
    atLeast(roleOf(repository, sender.login), "triage");
  if (!mayEdit) throw new Refusal(403, "Resource not accessible by personal access token");
  updateIssue(c.get("world"), repository, issue, await readBody(c, issueChange), sender);
  return answer("issues/update", 200, issueShape(c.get("world"), repository, issue));
}

function listLabels(c: RestContext): Response {
  const repository = repositoryOf(c);
  allowTo(c, repository, "readIssues");
  const page = paginate(c, conversationOf(c, repository).labels);
  const body = page.items.map((name) => labelShape(c.get("world"), repository, name));
  return answer("issues/list-labels-on-issue", 200, body, page.headers);
}

const newLabels = z.object({ labels: z.array(z.string()) });

async function addLabels(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  const sender = requireTo(c, repository, "triageIssues");
  const conversation = conversationOf(c, repository);
  const { labels } = await readBody(c, newLabels);
  for (const label of labels) addLabel(c.get("world"), repository, conversation, label, sender);
  const body = conversation.labels.map((name) => labelShape(c.get("world"), repository, name));
  return answer("issues/add-labels", 200, body);
}

function removeLabel(c: RestContext): Response {
  const repository = repositoryOf(c);
  requireTo(c, repository, "triageIssues");
  const { labels } = conversationOf(c, repository);
  const at = labels.indexOf(pathPart(c, "name"));
  if (at < 0) throw new Refusal(404, "Label does not exist");
  labels.splice(at, 1);
  const body = labels.map((name) => labelShape(c.get("world"), repository, name));
  return answer("issues/remove-label", 200, body);
}

const newLabel = z.object({
  name: z.string().min(1).max(50),
  color: z.string().regex(/^[0-9a-f]{6}$/i),
  description: z.string().max(100).optional(),
});

async function postLabel(c: RestContext): Promise<Response> {
  const repository = repositoryOf(c);
  requireTo(c, repository, "triageIssues");
  const { name } = await readBody(c, newLabel);
  if (repository.labels.has(name)) throw invalid("Label", "name", "already_exists");
  repository.labels.add(name);
  return answer("issues/create-label", 201, labelShape(c.get("world"), repository, name));
}
