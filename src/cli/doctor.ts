import type { Command } from "commander";
import { examineStreams } from "../bot/clusters/examine-streams.ts";
import { examineCluster } from "../cluster/examine-cluster.ts";
import {
  listInstalledRepositories,
  type InstalledRepository,
} from "../github/list-installed-repositories.ts";
import { describeProblem, ProblemError, unwrap, type Problem } from "../problem.ts";
import { readClusterSecrets } from "../server/create-bot.ts";
import { openBot, type OpenedBot } from "../server/open-bot.ts";
import type { ClusterSettings } from "../server/server-file.ts";
import { weakSecrets } from "../server/weak-secrets.ts";
import { configFile } from "./config-file.ts";
import { namedCommand } from "./named-command.ts";

/** `okd-streams doctor`: whether the bot would work as it is set up; exit code 1 where something is wrong. */
export function doctorCommand(): Command {
  return namedCommand("doctor")
    .option(
      "-c, --config <file>",
      "the server file with clusters and database (or OKD_STREAMS_CONFIG)",
    )
    .addHelpText(
      "after",
      `
Each line begins with ok, WRONG or unsure. What is unsure keeps nothing from working: it is not known, or may still change.
Exit codes: 0 nothing is wrong, 1 something is, 2 the bot cannot even be opened.`,
    )
    .action(async (options: { config?: string }) => {
      const opened = await openBot(configFile(options.config), process.env);
      try {
        report("ok", "environment, server file, secrets and database");
        const secrets = unwrap(readClusterSecrets(opened.settings, process.env));
        for (const doubt of weakSecrets(secrets)) report("unsure", doubt);
        const verdicts = [...(await examineClusters(opened)), ...(await examineGitHub(opened))];
        process.exitCode = verdicts.includes("WRONG") ? 1 : 0;
      } finally {
        await opened.store.close();
      }
    });
}

type Verdict = "ok" | "WRONG" | "unsure";

/** Prints one line; gives its verdict. */
function report(verdict: Verdict, what: string): Verdict {
  process.stdout.write(`${verdict.padEnd(6)} ${what}\n`);
  return verdict;
}

async function examineGitHub(opened: OpenedBot): Promise<readonly Verdict[]> {
  let repositories: readonly InstalledRepository[];
  try {
    repositories = await listInstalledRepositories(opened.bot.gitHub);
  } catch (error) {
    const next = "Check APP_ID, the key and GHE_HOST.";
    return [report("WRONG", `GitHub: ${describeProblem(problemOf(error, next))}`)];
  }
  const count = repositories.length === 1 ? "1 repository" : `${repositories.length} repositories`;
  const verdicts = [report("ok", `GitHub knows the App, on ${count}`)];
  for (const repository of repositories)
    verdicts.push(...(await examineRepository(opened, repository)));
  return verdicts;
}

async function examineRepository(
  { bot }: OpenedBot,
  repository: InstalledRepository,
): Promise<readonly Verdict[]> {
  const name = `${repository.owner}/${repository.name}`;
  try {
    const { runs, wrong, unsure } = await examineStreams(bot, repository);
    const seen = runs === 1 ? "1 kind of run" : `${runs} kinds of runs`;
    return [
      ...wrong.map((what) => report("WRONG", `${name}: ${what}`)),
      ...unsure.map((what) => report("unsure", `${name}: ${what}`)),
      ...(wrong.length > 0 ? [] : [report("ok", `${name}: its streams ask for ${seen}`)]),
    ];
  } catch (error) {
    const next = "Check that git reaches it, and that the App may read its contents.";
    return [report("WRONG", `${name}: ${describeProblem(problemOf(error, next))}`)];
  }
}

function problemOf(error: unknown, next: string): Problem {
  if (error instanceof ProblemError) return error.problem;
  const what = error instanceof Error ? error.message : String(error);
  return { kind: "unavailable", what, next };
}

async function examineClusters({ settings }: OpenedBot): Promise<readonly Verdict[]> {
  const all: Verdict[] = [];
  for (const cluster of settings.clusters)
    for (const { name, ...place } of placesOf(cluster))
      for (const { what, result, isOptional } of await examineCluster({ name, ...place })) {
        if (result.ok) all.push(report("ok", `${name}: ${what}`));
        else
          all.push(
            report(
              isOptional ? "unsure" : "WRONG",
              `${name}: ${what}: ${describeProblem(result.problem)}`,
            ),
          );
      }
  return all;
}

/** A cluster, and where it tries pull requests. */
function placesOf({ name, listener, namespace, kubeconfig, trials }: ClusterSettings) {
  const place = (title: string, at: string, where: string, file: string | undefined) => ({
    name: title,
    listener: new URL(at),
    namespace: where,
    kubernetes: file === undefined ? ({ inCluster: true } as const) : { kubeconfigFile: file },
  });
  return [
    place(`cluster ${name}`, listener, namespace, kubeconfig),
    ...(trials === undefined
      ? []
      : [
          place(
            `trials of ${name}`,
            trials.listener,
            trials.namespace,
            trials.kubeconfig ?? kubeconfig,
          ),
        ]),
  ];
}
