import { setTimeout as tick } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { createKeyedLock } from "../../src/bot/keyed-lock.ts";
import { joinReplicas } from "../../src/bot/replica.ts";
import { createSharedMemory } from "../support/shared-memory.ts";

test("runs one task at a time for a key in all processes, and survives a failure", async () => {
  const process = createSharedMemory();
  const locks = [createKeyedLock(process()), createKeyedLock(process())];
  let running = 0;
  let most = 0;
  let done = 0;
  const task = async () => {
    running += 1;
    most = Math.max(most, running);
    await tick(1);
    running -= 1;
    done += 1;
    if (done % 3 === 0) throw new Error("broken");
  };
  const tries = Array.from({ length: 12 }, (_, n) => locks[n % 2]!.run("a", task));
  const ends = await Promise.allSettled(tries);
  expect(ends.filter(({ status }) => status === "rejected")).toHaveLength(4);
  expect({ most, done }).toEqual({ most: 1, done: 12 });
});

test("takes a lock within another", async () => {
  const lock = createKeyedLock(createSharedMemory()());
  expect(await lock.run("a", () => lock.run("b", () => Promise.resolve("both")))).toBe("both");
});

test("leaves to another process what it is at, and takes it afterwards", async () => {
  const process = createSharedMemory();
  const [one, other] = [createKeyedLock(process()), createKeyedLock(process())];
  let end = (): void => undefined;
  const first = one.tryRun("a", () => new Promise<void>((resolve) => (end = resolve)));
  await tick();
  const never = () => Promise.reject(new Error("both are at it"));
  expect(await other.tryRun("a", never)).toBe(false);
  expect(await other.tryRun("b", () => Promise.resolve())).toBe(true);
  end();
  expect(await first).toBe(true);
  expect(await other.tryRun("a", () => Promise.resolve())).toBe(true);
});

test("a replica sees which others live, and leads when the leader is dead", async () => {
  const process = createSharedMemory();
  const [locksOfOne, locksOfOther] = [process(), process()];
  const one = await joinReplicas(locksOfOne);
  const other = await joinReplicas(locksOfOther);
  expect(await one.isLeader()).toBe(true);
  expect(await other.isLeader()).toBe(false);
  expect(await other.isAlive(one.id)).toBe(true);
  await locksOfOne.close();
  expect(await other.isAlive(one.id)).toBe(false);
  expect(await other.isLeader()).toBe(true);
});

test("where no locks are shared, a process is alone and leads", async () => {
  const replica = await joinReplicas(undefined);
  expect(await replica.isLeader()).toBe(true);
  expect(await replica.isAlive(replica.id)).toBe(true);
  expect(await replica.isAlive("before its start")).toBe(false);
});
