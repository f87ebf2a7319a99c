import type { ProbotOctokit } from "probot";

/** GitHub keeps deliveries for three days: https://docs.github.com/en/webhooks/using-webhooks/redelivering-webhooks */
const keptMs = 3 * 24 * 3_600_000;

/**
 * Asks GitHub to send again every delivery of the last three days that never arrived; GitHub itself never does. Gives
 * how many. One that arrived meanwhile is known by its GUID and changes nothing.
 */
export async function redeliverFailed(appOctokit: ProbotOctokit, now: Date): Promise<number> {
  const arrived = new Set<string>();
  const missed = new Map<string, number>();
  for await (const { data } of appOctokit.paginate.iterator(
    appOctokit.rest.apps.listWebhookDeliveries,
    { per_page: 100 },
  )) {
    for (const delivery of data) {
      if (isSuccess(delivery.status_code)) arrived.add(delivery.guid);
      else missed.set(delivery.guid, delivery.id);
    }
    const oldest = data.at(-1);
    if (oldest !== undefined && now.getTime() - Date.parse(oldest.delivered_at) > keptMs) break;
  }
  const again = [...missed].filter(([guid]) => !arrived.has(guid));
  for (const [, id] of again.toReversed())
    await appOctokit.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
  return again.length;
}

function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode < 300;
}
