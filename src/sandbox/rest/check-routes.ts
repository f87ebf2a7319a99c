import { Hono } from "hono";
import * as z from "zod";
import { grants } from "../actor.ts";
import { latestCheckRuns } from "../actions/merge-blockers.ts";
import { settleMergeGroup } from "../actions/merge-queue.ts";
import {
  type CheckRunChanges,
  createCheckRun,
  rerequestCheckRun,
  updateCheckRun,
} from "../actions/check-runs.ts";
import { resolveCommit } from "../git/refs.ts";
import { Refusal, notFound } from "../refusal.ts";
import { annotationShape, checkRunShape } from "../shapes/check-shape.ts";
import type { Annotation, CheckRun, Repository } from "../types.ts";
import {
  answer,
  paginate,
  pathNumber,
  pathPart,
  readBody,
  repositoryOf,
  type RestContext,
  type RestEnv,
} from "./context.ts";
import { allowTo, requireTo } from "./rights.ts";

const annotation = z.object({
  path: z.string(),
  start_line: z.number().int().min(1),
  end_line: z.number().int().min(1),
  start_column: z.number().int().min(1).optional(),
  end_column: z.number().int().min(1).optional(),
  annotation_level: z.enum(["notice", "warning", "failure"]),
  message: z.string().max(65_536),
  title: z.string().max(255).optional(),
  raw_details: z.string().optional(),
});

const changes = z.object({
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  conclusion: z
    .enum(["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"])
    .optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string(),
      text: z.string().optional(),
      annotations: z.array(annotation).optional(),
    })
    .optional(),
  actions: z
    .array(
      z.object({
        label: z.string().max(20),
        description: z.string().max(40),
        identifier: z.string().max(20),
      }),
    )
    .optional(),
});

const creation = changes.extend({ name: z.string().min(1), head_sha: z.string() });
const update = changes.extend({ name: z.string().min(1).optional() });

export function checkRoutes(): Hono<RestEnv> {
  const app = new Hono<RestEnv>();
  const base = "/repos/:owner/:repo/check-runs";
  app.post(base, async (c) => {
    const repository = repositoryOf(c);
    requireChecksApp(c, repository);
    const body = await readBody(c, creation);
    const world = c.get("world");
    const run = await createCheckRun(world, repository, body.name, body.head_sha, toChanges(body));
    await settleMergeGroup(world, repository, run.headSha);
    return answer("checks/create", 201, checkRunShape(world, repository, run));
  });
  app.patch(`${base}/:id`, async (c) => {
    const repository = repositoryOf(c);
    requireChecksApp(c, repository);
    const run = runOf(c, repository);
    const body = await readBody(c, update);
    updateCheckRun(c.get("world"), repository, run, { ...toChanges(body), name: body.name });
    await settleMergeGroup(c.get("world"), repository, run.headSha);
    return answer("checks/update", 200, checkRunShape(c.get("world"), repository, run));
  });
  app.get(`${base}/:id`, (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readChecks");
    const shape = checkRunShape(c.get("world"), repository, runOf(c, repository));
    return answer("checks/get", 200, shape);
  });
  app.get(`${base}/:id/annotations`, (c) => {
    const repository = repositoryOf(c);
    allowTo(c, repository, "readChecks");
    const run = runOf(c, repository);
    const page = paginate(c, run.annotations);
    const body = page.items.map((each) => annotationShape(c.get("world"), repository, run, each));
    return answer("checks/list-annotations", 200, body, page.headers);
  });
  app.post(`${base}/:id/rerequest`, (c) => {
    const repository = repositoryOf(c);
    const sender = requireTo(c, repository, "rerequestChecks");
    rerequestCheckRun(c.get("world"), repository, runOf(c, repository), sender);
    return answer("checks/rerequest-run", 201, {});
  });
  app.get("/repos/:owner/:repo/commits/:ref{.+}/check-runs", listForRef);
  return app;
}

/** Only Apps write checks: a person's token is refused, whatever the role. */
function requireChecksApp(c: RestContext, repository: Repository): void {
  const actor = c.get("actor");
  if (actor.kind === "person") throw new Refusal(403, "You must authenticate via a GitHub App.");
  requireTo(c, repository, "rerequestChecks");
  if (actor.kind === "installation" && !grants(actor.token, "checks", "write"))
    throw new Refusal(403, "Resource not accessible by integration");
}

function runOf(c: RestContext, repository: Repository): CheckRun {
  const id = pathNumber(c, "id");
  const run = repository.checkRuns.find((each) => each.id === id);
  if (run === undefined) throw notFound();
  return run;
}

async function listForRef(c: RestContext): Promise<Response> {
  const world = c.get("world");
  const repository = repositoryOf(c);
  allowTo(c, repository, "readChecks");
  const sha = await resolveCommit(repository.directory, pathPart(c, "ref"));
  if (sha === undefined) throw new Refusal(422, `No commit found for SHA: ${pathPart(c, "ref")}`);
  const { check_name, status, app_id, filter } = c.req.query();
  const runs =
    filter === "all"
      ? repository.checkRuns.filter((run) => run.headSha === sha)
      : latestCheckRuns(repository, sha);
  const found = runs.filter(
    (run) =>
      (check_name === undefined || run.name === check_name) &&
      (status === undefined || run.status === status) &&
      (app_id === undefined || Number(app_id) === world.options.app.id),
  );
  const page = paginate(c, [...found].reverse());
  const check_runs = page.items.map((run) => checkRunShape(world, repository, run));
  const body = { total_count: found.length, check_runs };
  return answer("checks/list-for-ref", 200, body, page.headers);
}

function toChanges(body: z.infer<typeof changes>): CheckRunChanges {
  return {
    externalId: body.external_id,
    detailsUrl: body.details_url,
    status: body.status,
    conclusion: body.conclusion,
    startedAt: body.started_at,
    completedAt: body.completed_at,
    actions: body.actions,
    output: body.output && {
      title: body.output.title ?? null,
      summary: body.output.summary,
      text: body.output.text,
      annotations: (body.output.annotations ?? []).map(toAnnotation),
    },
  };
}

function toAnnotation(given: z.infer<typeof annotation>): Annotation {
  return {
    path: given.path,
    startLine: given.start_line,
    endLine: given.end_line,
    level: given.annotation_level,
    message: given.message,
    ...(given.start_column === undefined ? {} : { startColumn: given.start_column }),
    ...(given.end_column === undefined ? {} : { endColumn: given.end_column }),
    ...(given.title === undefined ? {} : { title: given.title }),
    ...(given.raw_details === undefined ? {} : { rawDetails: given.raw_details }),
  };
}
