import { randomUUID } from "node:crypto";
import type { SharedLocks } from "../store/shared-locks.ts";

/** This process among those that work on one database. */
export interface Replica {
  /** Of this process alone: a restarted one is another. */
  readonly id: string;
  /** Whether the replica with this id still runs. */
  isAlive(id: string): Promise<boolean>;
  /** Whether this is the one that does what one of all has to do; another becomes it when it dies. */
  isLeader(): Promise<boolean>;
}

/** Makes this process known to the others; without shared locks, there are none. */
export async function joinReplicas(shared: SharedLocks | undefined): Promise<Replica> {
  const id = randomUUID();
  if (shared === undefined)
    return {
      id,
      isAlive: (other) => Promise.resolve(other === id),
      isLeader: () => Promise.resolve(true),
    };
  await shared.tryTake(keyOf(id));
  return {
    id,
    isAlive: (other) => shared.isTaken(keyOf(other)),
    isLeader: () => shared.tryTake("leader"),
  };
}

function keyOf(id: string): string {
  return `replica ${id}`;
}
