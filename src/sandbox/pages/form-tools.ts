import type { Context } from "hono";
import * as z from "zod";
import { atLeast, roleOf } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import type { Account, Repository, Role } from "../types.ts";
import type { World } from "../world.ts";
import type { PagesEnv } from "./page-context.ts";

export type PageContext = Context<PagesEnv>;

/** Every form says who sends it. */
export const persona = z.object({ as: z.string() });

/** The fields of a form; refuses one that lacks any. */
export async function readForm<Schema extends z.ZodType>(
  c: PageContext,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await c.req.parseBody());
  if (!parsed.success) throw new Refusal(422, "The form is not complete.");
  return parsed.data;
}

/** Somebody whom a visitor may act as. */
export function personOf(world: World, login: string): Account {
  const person = [...world.tokens.values()].find((each) => each.login === login);
  if (person === undefined) throw new Refusal(422, `There is nobody called ${login}.`);
  return person;
}

export function requireRole(
  repository: Repository,
  person: Account,
  role: Role,
  message: string,
): void {
  if (!atLeast(roleOf(repository, person.login), role)) throw new Refusal(403, message);
}

/** Does it and shows the page again; a refusal stands on that page in GitHub's words. */
export async function actAndReturn(
  c: PageContext,
  page: string,
  as: string,
  act: () => Promise<string | undefined>,
): Promise<Response> {
  const query = new URLSearchParams({ as });
  try {
    const next = await act();
    return c.redirect(`${next ?? page}?${query.toString()}`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const details = error.errors.flatMap((each) => each.message ?? []);
    query.set("error", [error.message, ...details].join(": "));
    return c.redirect(`${page}?${query.toString()}`, 303);
  }
}
