import * as z from "zod";
import { failed, ok, type Result } from "../../problem.ts";
import type { SourceDocument } from "../../yaml/types.ts";

/** A ServiceAccount, as far as it gives credentials to steps. */
export interface ServiceAccount {
  readonly name: string;
  /** The names of its secrets. */
  readonly secrets: readonly string[];
}

const account = z.object({
  metadata: z.object({ name: z.string() }),
  secrets: z.array(z.object({ name: z.string() })).nullish(),
});

/** Reads a ServiceAccount; a problem names the place of what cannot be used. */
export function readServiceAccount(document: SourceDocument): Result<ServiceAccount> {
  const parsed = account.safeParse(document.value);
  if (!parsed.success) {
    const { line, column } = document.rangeOf([]);
    return failed({
      kind: "invalid",
      what: "The ServiceAccount cannot be used.",
      where: `${document.file}:${line}:${column}`,
      next: "Give metadata.name, and secrets as a list with names.",
    });
  }
  const { metadata, secrets } = parsed.data;
  return ok({ name: metadata.name, secrets: (secrets ?? []).map(({ name }) => name) });
}
