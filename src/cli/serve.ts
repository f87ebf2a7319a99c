import type { Command } from "commander";
import { startServer } from "../server/start-server.ts";
import { configFile } from "./config-file.ts";
import { namedCommand } from "./named-command.ts";
import { readVersion } from "./version.ts";

/** `okd-streams serve`: the bot, until SIGTERM or Ctrl-C. */
export function serveCommand(): Command {
  return namedCommand("serve")
    .option(
      "-c, --config <file>",
      "the server file with clusters and database (or OKD_STREAMS_CONFIG)",
    )
    .addHelpText(
      "after",
      `
Environment: APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET, WEBHOOK_SECRET_PREVIOUS,
WEBHOOK_PATH, GHE_HOST, GHE_PROTOCOL, HOST, PORT, LOG_LEVEL, and the secrets that the server file names.`,
    )
    .action(async (options: { config?: string }) => {
      const file = configFile(options.config);
      const server = await startServer(file, process.env, readVersion());
      await new Promise<void>((stop) => {
        process.once("SIGTERM", () => stop());
        process.once("SIGINT", () => stop());
      });
      await server.stop();
    });
}
