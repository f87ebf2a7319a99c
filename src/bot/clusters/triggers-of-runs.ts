import { runPayload } from "../../cluster/run-payload.ts";
import type { Repository } from "../../store/repository-record.ts";
import { planTriggers, type TriggerSource } from "../../streams/plan/plan-triggers.ts";
import type { PlannedTriggers, TriggerGap } from "../../streams/plan/plan.ts";
import { triggerDocuments, triggersIn } from "../../streams/plan/repository-triggers.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { RunRequest } from "../../streams/runs/run-request.ts";
import type { Bot } from "../bot.ts";
import { findOfferedCluster } from "./find-offered-cluster.ts";
import { clusterTriggers } from "./cluster-triggers.ts";

/** What clusters lack for these runs; where a cluster does not tell, the triggers that stand beside the streams count. */
export async function triggersOfRuns(
  bot: Bot,
  repository: Repository,
  streams: Pick<StreamsRepository, "tektonDocuments">,
  runs: readonly RunRequest[],
  patienceMs?: number,
): Promise<PlannedTriggers> {
  const clusters = [...new Set(runs.map(({ cluster }) => cluster))];
  const offers = clusters.map((name) => {
    return { name, offer: findOfferedCluster(bot, repository, name) };
  });
  const unusable = offers.flatMap(({ name, offer }): TriggerGap[] => {
    if (offer.ok) return [];
    const concerned = runs.filter(({ cluster }) => cluster === name);
    const neededBy = [...new Set(concerned.map(({ subject }) => subject))];
    const subject = offer.problem.what;
    return [
      { cluster: name, seenIn: "cluster", pipeline: "", problem: "cluster", subject, neededBy },
    ];
  });
  const asked = await Promise.all(
    offers.map(async ({ name, offer }) => {
      if (!offer.ok) return [];
      const { client } = offer.value;
      return [{ name, client, answer: await clusterTriggers.ask(client, bot.now(), patienceMs) }];
    }),
  );
  const answers = asked.flat();
  const own = triggersIn(triggerDocuments(streams));
  const sources: TriggerSource[] = answers.flatMap(({ name: cluster, answer }) =>
    answer.ok ? [{ cluster, triggers: answer.value }] : [],
  );
  if (own.length > 0) sources.push({ cluster: undefined, triggers: own });
  const fullName = `${repository.owner}/${repository.name}`;
  const repositoryUrl = `${bot.gitHubUrl}/${fullName}.git`;
  const gaps = planTriggers(runs, sources, (request) =>
    runPayload(request, { repositoryFullName: fullName, repositoryUrl }),
  );
  for (const { name, client } of answers) {
    if (gaps.some(({ cluster, seenIn }) => cluster === name && seenIn === "cluster"))
      clusterTriggers.forget(client);
  }
  return {
    gaps: [...unusable, ...gaps],
    notVerified: answers.flatMap(({ name, answer }) =>
      answer.ok ? [] : [{ cluster: name, why: answer.problem.what }],
    ),
  };
}
