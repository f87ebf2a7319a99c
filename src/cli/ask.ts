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
  // Unlike terminal.question(), this keeps what was typed or pasted before it was asked for.
  const lines = terminal[Symbol.asyncIterator]();
  const answers: string[] = [];
  try {
    for (const { text, otherwise } of questions) {
      terminal.setPrompt(otherwise === "" ? `${text}: ` : `${text} (${otherwise}): `);
      terminal.prompt();
      const line = await lines.next();
      if (line.done === true) {
        throw new ProblemError({ kind: "refused", what: "No more answers; nothing was written." });
      }
      answers.push(line.value.trim() === "" ? otherwise : line.value.trim());
    }
    return answers;
  } finally {
    terminal.close();
  }
}
