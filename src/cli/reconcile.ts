import type { Command } from "commander";
import { resync } from "../bot/resync.ts";
import { promotionPass, runPass } from "../bot/workers.ts";
import { openBot } from "../server/open-bot.ts";
import { configFile } from "./config-file.ts";
import { namedCommand } from "./named-command.ts";

/** `okd-streams reconcile`: everything that events would have asked for, once; exit code 1 where something remains. */
export function reconcileCommand(): Command {
  return namedCommand("reconcile")
    .option(
      "-c, --config <file>",
      "the server file with clusters and database (or OKD_STREAMS_CONFIG)",
    )
    .action(async (options: { config?: string }) => {
      const { bot, store } = await openBot(configFile(options.config), process.env);
      try {
        const problems = await resync(bot);
        // What a run's end brings about may be due at once, so each pass goes on until nothing is.
        for (const pass of [runPass(bot), promotionPass(bot)]) while ((await pass()) > 0);
        for (const problem of problems) process.stderr.write(`${problem}\n`);
        process.exitCode = problems.length === 0 ? 0 : 1;
      } finally {
        await store.close();
      }
    });
}
