#!/usr/bin/env node
import { constants } from "node:os";
import { Command } from "commander";
import { exitCodeOf } from "./exit-code.ts";
import { namedCommand, summaries, type CommandName } from "./named-command.ts";
import { readVersion } from "./version.ts";

/** Loaded when they are called for: nobody waits for a server's modules to validate a file. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  init: async () => (await import("./init.ts")).initCommand(),
  new: async () => (await import("./new.ts")).newCommand(),
  validate: async () => (await import("./validate.ts")).validateCommand(),
  plan: async () => (await import("./plan.ts")).planCommand(),
  render: async () => (await import("./render.ts")).renderCommand(),
  run: async () => (await import("./run.ts")).runCommand(),
  doctor: async () => (await import("./doctor.ts")).doctorCommand(),
  tekton: async () => (await import("./tekton.ts")).tektonCommand(),
  demo: async () => (await import("./demo.ts")).demoCommand(),
  serve: async () => (await import("./serve.ts")).serveCommand(),
  status: async () => (await import("./status.ts")).statusCommand(),
  reconcile: async () => (await import("./reconcile.ts")).reconcileCommand(),
};

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(summaries, name);
}

/** The command that is called or asked about, whole; of the others what the list of them shows. */
async function commandsFor([first = "", second = ""]: readonly string[]): Promise<Command[]> {
  const called = first === "help" ? second : first;
  if (isCommand(called)) return [await commands[called]()];
  return Object.keys(summaries)
    .filter((name) => isCommand(name))
    .map((name) => namedCommand(name));
}

const program = new Command("okd-streams")
  .description("Validate, build and promote OKD streams from a git repository.")
  .version(readVersion())
  // `new stream NAME --version 4.21` speaks of the stream's.
  .enablePositionalOptions()
  .configureHelp({ subcommandTerm: (command) => command.name() })
  .addHelpText("after", "\nokd-streams COMMAND --help tells what a command takes.")
  .showHelpAfterError("Run with --help to see what is expected.")
  .exitOverride();

for (const command of await commandsFor(process.argv.slice(2))) {
  program.addCommand(command.exitOverride());
}

let endedWith: number | undefined;
for (const output of [process.stdout, process.stderr]) output.on("error", endOfOutput);

/** Whoever reads, such as `head`, may have read enough. Node ignores SIGPIPE, which ends other commands then. */
function endOfOutput(error: NodeJS.ErrnoException): void {
  if (endedWith === undefined && error.code !== "EPIPE") {
    process.stderr.write(`okd-streams: The output cannot be written: ${error.message}.\n`);
  }
  endedWith ??= error.code === "EPIPE" ? 128 + constants.signals.SIGPIPE : 2;
  process.exitCode = endedWith;
  // A command that has to end something first listens.
  if (!process.emit("SIGPIPE", "SIGPIPE")) process.exit();
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
