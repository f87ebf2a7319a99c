import type { HttpBindings } from "@hono/node-server";
import type { operations } from "@octokit/openapi-types";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { StatusCode } from "hono/utils/http-status";
import type * as z from "zod";
import type { Actor } from "../actor.ts";
import { requireRead } from "../actor.ts";
import { Refusal, notFound } from "../refusal.ts";
import type { Conversation, PullRequest, Repository } from "../types.ts";
import { findRepository, type World } from "../world.ts";

export interface RestEnv {
  Bindings: HttpBindings;
  Variables: { world: World; actor: Actor };
}

export type RestContext = Context<RestEnv>;

type JsonOf<Response> = Response extends { content: { "application/json": infer Body } }
  ? Body
  : never;

/** GitHub's published answer of an operation. */
export type Answer<
  Operation extends keyof operations,
  Status extends keyof operations[Operation]["responses"],
> = JsonOf<operations[Operation]["responses"][Status]>;

/** Answers with JSON that has the shape GitHub publishes for this operation and status; another does not compile. */
export function answer<
  Operation extends keyof operations,
  Status extends keyof operations[Operation]["responses"] & StatusCode,
>(
  _operation: Operation,
  status: Status,
  body: Answer<Operation, Status>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** A variable part of the path, decoded. */
export function pathPart(c: RestContext, name: string): string {
  const value = c.req.param(name);
  if (value === undefined) throw new Error(`The route has no part ${name}`);
  return value;
}

/** A number of the path; anything else is not found. */
export function pathNumber(c: RestContext, name: string): number {
  const value = pathPart(c, name);
  if (!/^\d{1,15}$/.test(value)) throw notFound();
  return Number(value);
}

/** The repository of the path, if the actor may know of it. */
export function repositoryOf(c: RestContext): Repository {
  const repository = findRepository(
    c.get("world"),
    pathPart(c, "owner"),
    pathPart(c, "repo").replace(/\.git$/, ""),
  );
  if (repository === undefined) throw notFound();
  requireRead(c.get("actor"), repository);
  return repository;
}

export function pullOf(c: RestContext, repository: Repository): PullRequest {
  const pull = repository.pulls.get(pathNumber(c, "number"));
  if (pull === undefined) throw notFound();
  return pull;
}

/** An issue or a pull request by its number. */
export function conversationOf(c: RestContext, repository: Repository): Conversation {
  return repository.issues.get(pathNumber(c, "number")) ?? pullOf(c, repository);
}

/** The body of a request in its schema; 400 for what is no JSON, 422 for a wrong field. */
export async function readBody<Schema extends z.ZodType>(
  c: RestContext,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = await c.req.text();
  let json: unknown;
  try {
    json = text === "" ? {} : JSON.parse(text);
  } catch (error) {
    throw new HTTPException(400, { message: "Problems parsing JSON", cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Refusal(
    422,
    "Invalid request.",
    parsed.error.issues.map((issue) => ({
      resource: "Request",
      code: "invalid",
      field: issue.path.join("."),
      message: issue.message,
    })),
  );
}

export interface Page<T> {
  readonly items: T[];
  /** With the Link header where there are more pages. */
  readonly headers: Readonly<Record<string, string>>;
}

const defaultPageSize = 30;
const largestPageSize = 100;

/** The page of a list that `page` and `per_page` ask for. */
export function paginate<T>(c: RestContext, all: readonly T[]): Page<T> {
  const size = pageSize(c);
  const page = Math.max(1, Number(c.req.query("page")) || 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const url = new URL(c.req.url);
  const link = (number: number, rel: string): string => {
    url.searchParams.set("page", number.toString());
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
    ...(page > 1 ? [link(1, "first")] : []),
  ];
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(", ") },
  };
}

export function pageSize(c: RestContext): number {
  const asked = Number(c.req.query("per_page")) || defaultPageSize;
  return Math.min(largestPageSize, Math.max(1, asked));
}
