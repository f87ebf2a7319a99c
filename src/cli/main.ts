#!/usr/bin/env node
import { Command } from "commander";
import { exitCodeOf } from "./exit-code.ts";
import { readVersion } from "./version.ts";

/** Loaded when they are called for: nobody waits for a server's modules to validate a file. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
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

const program = new Command("okd-streams")
  .description("Validate, build and promote OKD streams from a git repository.")
  .version(readVersion())
  // `new stream NAME --version 4.21` speaks of the stream's.
  .enablePositionalOptions()
  .showHelpAfterError("Run with --help to see what is expected.");

const [, , called = ""] = process.argv;
// Anything but a command, such as --help, speaks of all of them.
const wanted = Object.hasOwn(commands, called) ? [called] : Object.keys(commands);
for (const name of wanted) {
  const command = await commands[name]?.();
  if (command !== undefined) program.addCommand(command.exitOverride());
}
program.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
