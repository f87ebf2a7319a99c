import type { Probot } from "probot";
import type { Delivery } from "../store/delivery-record.ts";

/**
 * Hands a stored delivery to the App's handlers; throws what they throw. Its own signature was checked before it was
 * stored; signing it again lets Probot parse it on the one way that it has for text.
 */
export async function receiveDelivery(
  probot: Pick<Probot, "webhooks">,
  delivery: Delivery,
): Promise<void> {
  const payload = JSON.stringify(delivery.payload);
  await probot.webhooks.verifyAndReceive({
    id: delivery.id,
    name: delivery.event,
    payload,
    signature: await probot.webhooks.sign(payload),
  });
}
