import { ProblemError } from "../problem.ts";

/** What `ask` gives; undefined where GitHub has no such thing. Other problems are thrown on. */
export async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.kind === "not-found") return undefined;
    throw error;
  }
}
