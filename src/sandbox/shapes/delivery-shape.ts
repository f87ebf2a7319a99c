import type { components } from "@octokit/openapi-types";
import type { World } from "../world.ts";
import type { Delivery } from "../types.ts";

/** A delivery in the list (schema `hook-delivery-item`). */
export function deliveryItemShape(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  } satisfies components["schemas"]["hook-delivery-item"];
}

/** A delivery with what was sent and answered (schema `hook-delivery`). */
export function deliveryShape(world: World, delivery: Delivery) {
  return {
    ...deliveryItemShape(delivery),
    url: world.webhookUrl ?? "",
    request: { headers: delivery.requestHeaders, payload: { ...delivery.payload } },
    response: { headers: {}, payload: delivery.responseBody },
  } satisfies components["schemas"]["hook-delivery"];
}
