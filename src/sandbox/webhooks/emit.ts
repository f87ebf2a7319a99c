import { randomUUID } from "node:crypto";
import { nextId, timestamp, type World } from "../world.ts";
import type { Delivery, Repository } from "../types.ts";

/** Events that an App gets whether it asked for them or not. */
const alwaysSent = new Set(["installation", "installation_repositories"]);

/** Queues a webhook for the App, if it is installed on the repository and subscribed to the event. */
export function emit(
  world: World,
  repository: Repository,
  event: string,
  payload: Readonly<Record<string, unknown>>,
): void {
  if (!repository.installed) return;
  if (!world.options.app.events.includes(event) && !alwaysSent.has(event)) return;
  const installation = world.installations.get(repository.owner.login.toLowerCase());
  // The payload is what was true now, not when it is sent.
  const frozen = structuredClone(payload);
  const delivery = newDelivery(world, {
    guid: randomUUID(),
    event,
    action: typeof payload["action"] === "string" ? payload["action"] : null,
    repositoryId: repository.id,
    installationId: installation?.id ?? null,
    redelivery: false,
    payload: frozen,
  });
  world.options.record?.({ kind: "webhook", event, payload: frozen });
  world.send(delivery);
}

/** The same event once more under its own GUID. */
export function repeatDelivery(world: World, delivery: Delivery, redelivery: boolean): Delivery {
  const again = newDelivery(world, { ...delivery, redelivery });
  world.send(again);
  return again;
}

function newDelivery(
  world: World,
  about: Pick<
    Delivery,
    "guid" | "event" | "action" | "repositoryId" | "installationId" | "redelivery" | "payload"
  >,
): Delivery {
  const delivery: Delivery = {
    guid: about.guid,
    event: about.event,
    action: about.action,
    repositoryId: about.repositoryId,
    installationId: about.installationId,
    redelivery: about.redelivery,
    payload: about.payload,
    id: nextId(world),
    deliveredAt: timestamp(),
    duration: 0,
    status: "pending",
    statusCode: 0,
    requestHeaders: {},
    responseBody: null,
  };
  world.deliveries.push(delivery);
  return delivery;
}
