import { appendFileSync } from "node:fs";
import type { Exchange } from "./exchange.ts";

/** A recorder that appends each exchange to a file as a line of JSON, for the contract check. */
export function recordExchanges(file: string): (exchange: Exchange) => void {
  // Written at once: a process that is killed leaves a whole recording.
  return (exchange) => appendFileSync(file, `${JSON.stringify(exchange)}\n`);
}
