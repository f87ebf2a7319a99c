import type { Probot } from "probot";
import { ProblemError } from "../problem.ts";
import {
  claimDelivery,
  completeDelivery,
  failDelivery,
  listWorkers,
  releaseDeliveries,
  retryDelivery,
} from "../store/deliveries.ts";
import type { Delivery } from "../store/delivery-record.ts";
import type { Promotion } from "../store/promotion-record.ts";
import { duePromotions, getPromotion, updatePromotion } from "../store/promotions.ts";
import { dueRuns } from "../store/due-runs.ts";
import { updateRun } from "../store/runs.ts";
import { advancePromotion } from "./promotions/advance-promotion.ts";
import { advanceRun } from "./runs/advance-run.ts";
import { nextTry } from "./backoff.ts";
import type { Bot } from "./bot.ts";
import { receiveDelivery } from "./receive-delivery.ts";

/** A delivery that failed this often waits for an operator. */
const mostDeliveryAttempts = 12;
const widestBatch = 20;

/** One pass over everything that is due; resolves with how much was taken on. */
export type Pass = () => Promise<number>;

/** Gives back what killed processes had in work. */
export function recoveryPass(bot: Bot): Pass {
  return async () => {
    let all = 0;
    for (const worker of await listWorkers(bot.db)) {
      if (await bot.replica.isAlive(worker)) continue;
      const released = await releaseDeliveries(bot.db, worker);
      if (released > 0) bot.log.info({ released, worker }, "took up deliveries of a dead process");
      all += released;
    }
    if (all > 0) bot.wake();
    return all;
  };
}

/** Deliveries: each claimed once, one at a time a group, retried with backoff, parked after many failures. */
export function deliveryPass(bot: Bot, probot: Pick<Probot, "webhooks">): Pass {
  return async () => {
    const claimed: Delivery[] = [];
    while (claimed.length < widestBatch) {
      const delivery = await claimDelivery(bot.db, bot.replica.id, bot.now());
      if (delivery === undefined) break;
      claimed.push(delivery);
    }
    await Promise.all(claimed.map((delivery) => workOn(bot, probot, delivery)));
    return claimed.length;
  };
}

async function workOn(
  bot: Bot,
  probot: Pick<Probot, "webhooks">,
  delivery: Delivery,
): Promise<void> {
  try {
    await receiveDelivery(probot, delivery);
    await completeDelivery(bot.db, delivery.id, bot.now());
    bot.log.info({ delivery: delivery.id, event: delivery.event }, "a delivery was carried out");
  } catch (error) {
    const message = messageOf(error);
    bot.log.warn(
      { err: error, delivery: delivery.id, event: delivery.event, attempts: delivery.attempts },
      "a delivery could not be carried out",
    );
    if (delivery.attempts >= mostDeliveryAttempts) {
      await failDelivery(bot.db, delivery.id, message, bot.now());
      return;
    }
    const dueAt = nextTry(bot.now(), delivery.attempts, bot.retryMs, waitAskedFor(error));
    await retryDelivery(bot.db, delivery.id, { dueAt, error: message });
  }
}

/** Runs that are due to be asked for, looked at, reported or settled. */
export function runPass(bot: Bot): Pass {
  return async () => {
    const runs = await dueRuns(bot.db, bot.now(), widestBatch);
    const taken = await Promise.all(
      runs.map(async (run) => {
        try {
          return await advanceRun(bot, run.id);
        } catch (error) {
          bot.log.warn({ err: error, run: run.name }, "a run could not be taken further");
          const attempts = run.attempts + 1;
          const dueAt = nextTry(bot.now(), attempts, bot.retryMs, waitAskedFor(error));
          await updateRun(bot.db, run.id, { attempts, dueAt: dueAt.toISOString() });
          return true;
        }
      }),
    );
    return taken.filter(Boolean).length;
  };
}

/** Promotions that are due to be opened, judged, merged or seen through. */
export function promotionPass(bot: Bot): Pass {
  return async () => {
    const promotions = await duePromotions(bot.db, bot.now(), widestBatch);
    const taken = await Promise.all(
      promotions.map(async (promotion) => {
        try {
          return await advancePromotion(bot, promotion.id);
        } catch (error) {
          bot.log.warn(
            { err: error, promotion: promotion.id },
            "a promotion could not be taken further",
          );
          await putOff(bot, promotion, error);
          return true;
        }
      }),
    );
    return taken.filter(Boolean).length;
  };
}

async function putOff(bot: Bot, { id }: Promotion, cause: unknown): Promise<void> {
  const promotion = await getPromotion(bot.db, id);
  if (promotion === undefined) return;
  const attempts = promotion.attempts + 1;
  const dueAt = nextTry(bot.now(), attempts, bot.retryMs, waitAskedFor(cause)).toISOString();
  // Why it was declined stays.
  const error = promotion.state === "declined" ? promotion.error : messageOf(cause);
  await updatePromotion(bot.db, id, { attempts, dueAt, error }, bot.now());
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError)
    return error.errors.map((each: unknown) => messageOf(each)).join("; ");
  return error instanceof Error ? error.message : String(error);
}

function waitAskedFor(error: unknown): number {
  if (error instanceof AggregateError)
    return Math.max(0, ...error.errors.map((each: unknown) => waitAskedFor(each)));
  return error instanceof ProblemError ? (error.problem.retryAfterSeconds ?? 0) : 0;
}
