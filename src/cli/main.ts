#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { ProblemError } from "../problem.ts";
import { demoCommand } from "./demo.ts";
import { planCommand } from "./plan.ts";
import { reconcileCommand } from "./reconcile.ts";
import { renderCommand } from "./render.ts";
import { runCommand } from "./run.ts";
import { serveCommand } from "./serve.ts";
import { statusCommand } from "./status.ts";
import { validateCommand } from "./validate.ts";
import { readVersion } from "./version.ts";

const program = new Command("okd-streams")
  .description("Validate, build and promote OKD streams from a git repository.")
  .version(readVersion())
  .showHelpAfterError("Run with --help to see what is expected.");

for (const create of [
  validateCommand,
  planCommand,
  renderCommand,
  runCommand,
  demoCommand,
  serveCommand,
  statusCommand,
  reconcileCommand,
]) {
  const command = create();
  command.exitOverride();
  program.addCommand(command);
}
program.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Exit codes: 0 done, 1 the answer is no, 2 the call or its set-up is wrong. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ProblemError) {
    process.stderr.write(`okd-streams: ${error.message}\n`);
    return 2;
  }
  throw error;
}
