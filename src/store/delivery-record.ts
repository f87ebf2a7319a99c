import * as z from "zod";
import { jsonColumn, momentColumn } from "./columns.ts";

export const deliverySchema = z.object({
  /** X-GitHub-Delivery: a redelivery keeps it. */
  id: z.string(),
  /** X-GitHub-Event. */
  event: z.string(),
  payload: jsonColumn(z.unknown()),
  /** Deliveries of one group are worked on one at a time. */
  groupKey: z.string(),
  state: z.enum(["queued", "working", "done", "failed"]),
  /** How often it was claimed. */
  attempts: z.int(),
  /** Who has it in work; null where nobody has. */
  worker: z.string().nullable(),
  dueAt: momentColumn,
  error: z.string().nullable(),
  receivedAt: momentColumn,
  finishedAt: momentColumn.nullable(),
});

export type DeliveryRow = z.input<typeof deliverySchema>;
/** One webhook event as received. */
export type Delivery = z.output<typeof deliverySchema>;
export type DeliveryState = Delivery["state"];
