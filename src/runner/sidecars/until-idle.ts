import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** How often is looked, and how often in a row nothing may be at work: a process sleeps for moments too. */
const interval = 10;
const looks = 3;

async function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

/** Whether a process or one that it started is at work, or waits for a disk. */
async function isBusy(pid: string): Promise<boolean> {
  const stat = await textOf(`/proc/${pid}/stat`);
  // After the name, which is in parentheses and may hold anything.
  const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  if (["R", "D"].includes(state)) return true;
  const children = (await textOf(`/proc/${pid}/task/${pid}/children`)).split(" ");
  const busy = await Promise.all(children.filter((child) => child.trim() !== "").map(isBusy));
  return busy.includes(true);
}

/**
 * Settles when a process has done what it does at once and waits for something, with all that it started; at the latest
 * after so many milliseconds, or when the signal is aborted, as it has to be when the process ends.
 */
export async function untilIdle(pid: number, limit: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + limit;
  let idle = 0;
  while (idle < looks && Date.now() < deadline && !signal.aborted) {
    await pause(interval, undefined, { signal }).catch(() => undefined);
    idle = (await isBusy(String(pid))) ? 0 : idle + 1;
  }
}
