import { createInterface } from "node:readline/promises";
import { ProblemError } from "../problem.ts";

/** A question to a person, with the answer that an empty line gives. */
export interface Question {
  readonly text: string;
  readonly otherwise: string;
}

/** The answers of the person at the terminal, in the order of the questions. */
export async function ask(questions: readonly Question[]): Promise<string[]> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const gone = new AbortController();
  terminal.once("close", () => gone.abort());
  const answers: string[] = [];
  try {
    for (const { text, otherwise } of questions) {
      const shown = otherwise === "" ? `${text}: ` : `${text} (${otherwise}): `;
      const answer = (await terminal.question(shown, { signal: gone.signal })).trim();
      answers.push(answer === "" ? otherwise : answer);
    }
    return answers;
  } catch (error) {
    if (!gone.signal.aborted) throw error;
    throw new ProblemError({ kind: "refused", what: "No more answers; nothing was written." });
  } finally {
    terminal.close();
  }
}
