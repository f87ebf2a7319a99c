import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import picocolors from "picocolors";
import { ProblemError } from "../problem.ts";
import { recordExchanges } from "../sandbox/record-exchanges.ts";
import { createPeople } from "./create-people.ts";
import { readAloud } from "./read-aloud.ts";
import { startWorld, type World } from "./start-world.ts";
import { playStory } from "./story/play-story.ts";
import type { Stage } from "./story/stage.ts";

const colors = picocolors.createColors(process.stdout.isTTY ? picocolors.isColorSupported : false);

export interface DemoOptions {
  /** Everything is written here. */
  readonly directory: string;
  readonly port: number;
  /** Keep the pages up after the story, until a signal. */
  readonly stayUp: boolean;
  readonly recordFile: string | undefined;
}

/** The exit code of a shell's command that Ctrl-C ended. */
export const interruptedCode = 130;

/**
 * Plays the story in a terminal; gives the exit code: 0 when every step was observed, 1 when one was not, 130 when a
 * signal came before its end.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const interrupted = signalled();
  const record = options.recordFile === undefined ? undefined : startRecording(options.recordFile);
  say("Starting a GitHub stand-in, a Tekton stand-in and the bot on this machine …");
  const world = await startWorld({
    directory: options.directory,
    port: options.port,
    ...(record === undefined ? {} : { record }),
  });
  try {
    showAddresses(world);
    const outcome = await Promise.race([play(world), interrupted.then(() => "interrupted")]);
    if (outcome === "interrupted") return interruptedCode;
    if (outcome === "failed") showBotLog(options.directory);
    if (options.stayUp) {
      say("");
      say(
        "The pages stay up: write as any of the four, merge, or open a pull request of your own.",
      );
      showAddresses(world);
      say("Ctrl-C ends everything.");
      await interrupted;
    }
    return outcome === "failed" ? 1 : 0;
  } finally {
    await world.close();
  }
}

async function play(world: World): Promise<"played" | "failed"> {
  const started = Date.now();
  const stage = terminalStage(world);
  try {
    await playStory(stage);
    say(colors.green(`\nEvery step was observed, in ${seconds(started)}.`));
    return "played";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(colors.red(`\nThe step “${stage.current()}” failed: ${reason}`));
    return "failed";
  }
}

function terminalStage(world: World): Stage & { current(): string } {
  let count = 0;
  let title = "";
  return {
    world,
    people: createPeople(world),
    current: () => title,
    async step(named, act, observe) {
      title = named;
      count += 1;
      const started = Date.now();
      say(`\n${colors.bold(`${count}. ${named}`)}`);
      const observed = await observe(await act());
      say(colors.dim(`   observed after ${seconds(started)}`));
      return observed;
    },
    tell: (text) => say(`   ${colors.green("✓")} ${text}`),
    show: (comment) =>
      say(
        readAloud(comment)
          .split("\n")
          .map((line) => `   ${colors.dim("│")} ${line}`)
          .join("\n"),
      ),
  };
}

/** A recording begins empty: an older story in the same file is no part of this one. */
function startRecording(file: string) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError({
      kind: "invalid",
      where: file,
      what: `The exchanges cannot be written there: ${reason}.`,
      next: "Give --record a file that can be written.",
    });
  }
  return recordExchanges(file);
}

function showAddresses(world: World): void {
  say(`  GitHub stand-in   ${world.repositoryUrl}`);
  say(`  Releases          ${world.bot.url}`);
}

function showBotLog(directory: string): void {
  const lines = readFileSync(join(directory, "bot.log"), "utf8").trimEnd().split("\n");
  say(`\nThe end of the bot's log:\n${lines.slice(-20).join("\n")}`);
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
