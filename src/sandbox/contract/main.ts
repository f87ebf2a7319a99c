import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import type { Exchange } from "../exchange.ts";
import { checkExchanges } from "./check-exchanges.ts";

const run = promisify(execFile);

// 385 MB that only this check reads: kept out of the project's own packages.
const packages = ["@octokit/openapi@23.0.2", "@octokit/webhooks-schemas@7.6.1"];

const exchange: z.ZodType<Exchange> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("rest"),
    method: z.string(),
    path: z.string(),
    status: z.number(),
    body: z.unknown(),
  }),
  z.object({ kind: z.literal("webhook"), event: z.string(), payload: z.unknown() }),
]);

/** Checks recordings (NDJSON, one exchange a line) against GitHub's own descriptions. */
async function main(files: readonly string[]): Promise<number> {
  if (files.length === 0) {
    process.stderr.write("Usage: check-github-contract RECORDING.ndjson…\n");
    return 2;
  }
  const exchanges = (await Promise.all(files.map(readRecording))).flat();
  if (exchanges.length === 0) {
    process.stderr.write("The recordings are empty: there is nothing to check.\n");
    return 2;
  }
  const folder = await install();
  const read = async (path: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, "node_modules/@octokit", path), "utf8"));
  const found = checkExchanges(exchanges, {
    openapi: await read("openapi/generated/api.github.com.json"),
    webhooks: await read("webhooks-schemas/schema.json"),
  });
  const times = new Map<string, number>();
  for (const problem of found) times.set(problem, (times.get(problem) ?? 0) + 1);
  for (const [problem, count] of times)
    process.stdout.write(count === 1 ? `${problem}\n` : `${problem} (${count.toString()} times)\n`);
  process.stdout.write(
    `${exchanges.length.toString()} exchanges, ${found.length.toString()} problems\n`,
  );
  return found.length === 0 ? 0 : 1;
}

async function readRecording(file: string): Promise<readonly Exchange[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line) => exchange.parse(JSON.parse(line)));
}

/** The folder with GitHub's descriptions, installed where it is missing. */
async function install(): Promise<string> {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(
    cache,
    "okd-streams",
    "github-contract",
    packages.join("+").replaceAll("/", "-"),
  );
  if (existsSync(join(folder, "complete"))) return folder;
  await mkdir(folder, { recursive: true });
  const options = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", "--prefix", folder, ...options, ...packages]);
  await mkdir(join(folder, "complete"));
  return folder;
}

process.exitCode = await main(process.argv.slice(2));
