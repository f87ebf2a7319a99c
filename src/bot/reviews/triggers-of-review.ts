import { runPayload } from "../../cluster/run-payload.ts";
import type { Repository } from "../../store/repository-record.ts";
import { neededRuns } from "../../streams/plan/needed-runs.ts";
import { planTriggers, type TriggerSource } from "../../streams/plan/plan-triggers.ts";
import type { Plan, PlannedTriggers, TriggerGap } from "../../streams/plan/plan.ts";
import { triggerDocuments, triggersIn } from "../../streams/plan/repository-triggers.ts";
import type { Bot } from "../bot.ts";
import { findOfferedCluster } from "../runs/find-offered-cluster.ts";
import { clusterTriggers, forgetTriggers } from "./cluster-triggers.ts";
import type { ReadMerge } from "./read-merge.ts";

/** What clusters lack for the runs of a change; where a cluster does not tell, the repository's own triggers count. */
export async function triggersOfReview(
  bot: Bot,
  repository: Repository,
  { before, after }: Pick<ReadMerge, "before" | "after">,
  plan: Plan,
): Promise<PlannedTriggers> {
  const runs = neededRuns(before, after, plan);
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
      return [{ name, client, answer: await clusterTriggers(client, bot.now()) }];
    }),
  );
  const answers = asked.flat();
  const own = triggersIn(triggerDocuments(after));
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
      forgetTriggers(client);
  }
  return {
    gaps: [...unusable, ...gaps],
    notVerified: answers.flatMap(({ name, answer }) =>
      answer.ok ? [] : [{ cluster: name, why: answer.problem.what }],
    ),
  };
}
