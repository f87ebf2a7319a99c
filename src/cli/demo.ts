import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { runDemo } from "../demo/run-demo.ts";

interface DemoOptions {
  readonly script?: boolean;
  readonly port: number;
  readonly record?: string;
}

/** `okd-streams demo`: the whole story on this machine, and the pages to go on playing with. */
export function demoCommand(): Command {
  return new Command("demo")
    .description("Play the way of a stream on this machine, with stand-ins for GitHub and Tekton.")
    .option("--script", "play the story, check every step, and exit: 0 when all of it was true")
    .option("-p, --port <number>", "port of the first page", readPort, 8080)
    .option("--record <file>", "write every exchange with the GitHub stand-in to this file")
    .action(async (options: DemoOptions) => {
      const directory = mkdtempSync(join(tmpdir(), "okd-streams-demo-"));
      try {
        process.exitCode = await runDemo({
          directory,
          port: options.script === true ? 0 : options.port,
          stayUp: options.script !== true,
          recordFile: options.record,
        });
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    });
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}
