import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { interruptedCode, runDemo } from "../demo/run-demo.ts";
import { checkGit } from "../github/check-git.ts";
import { unwrap } from "../problem.ts";
import { namedCommand } from "./named-command.ts";

interface DemoOptions {
  readonly script?: boolean;
  readonly port?: number;
  readonly record?: string;
}

const defaultPort = 8080;

/** `okd-streams demo`: the whole story on this machine, and the pages to go on playing with. */
export function demoCommand(): Command {
  return namedCommand("demo")
    .option("--script", "play the story, check every step, and exit: 0 when all of it was true")
    .option(
      "-p, --port <number>",
      `port of the first page (${defaultPort}; with --script any)`,
      readPort,
    )
    .option("--record <file>", "write every exchange with the GitHub stand-in to this file")
    .action(async (options: DemoOptions) => {
      unwrap(await checkGit());
      const directory = mkdtempSync(join(tmpdir(), "okd-streams-demo-"));
      const stayUp = options.script !== true;
      let code: number;
      try {
        code = await runDemo({
          directory,
          port: options.port ?? (stayUp ? defaultPort : 0),
          stayUp,
          recordFile: options.record,
        });
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
      process.exitCode = code;
      // What an interrupted story still waits for will not come, and would hold this process for a minute.
      if (code === interruptedCode) process.exit();
    });
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}
