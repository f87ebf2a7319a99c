import PQueue from "p-queue";
import type { World } from "../world.ts";
import type { Delivery } from "../types.ts";
import { postDelivery } from "./post-delivery.ts";

export interface Sender {
  send(delivery: Delivery): void;
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Sends deliveries one after the other in the order of their events, and none of them twice. */
export function createSender(world: World): Sender {
  const queue = new PQueue({ concurrency: 1 });
  const stop = new AbortController();
  return {
    send(delivery) {
      void queue.add(() => postDelivery(world, delivery, stop.signal));
    },
    settled: () => queue.onIdle(),
    async close() {
      queue.clear();
      stop.abort();
      await queue.onIdle();
    },
  };
}
