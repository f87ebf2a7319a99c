import { spawn } from "node:child_process";
import { failed, ok } from "../../problem.ts";
import { killGroup, type Reaper } from "../reaper.ts";
import { openOutput, type Starter } from "./starter.ts";

/** Node cannot give a process one pipe for both outputs. */
const script = 'exec 2>&1; cd -- "$1" || exit 1; unset OLDPWD; shift; exec "$@"';

/** Starts each process as a child of Node: right everywhere, and slow, as Node forks a process of its own size. */
export function nodeStarter(reaper: Reaper): Starter {
  return {
    start: async ({ argv, directory, environment }, onOutput) => {
      const child = spawn("/bin/sh", ["-c", script, "sh", directory, ...argv], {
        detached: true,
        stdio: ["ignore", "pipe", "ignore"],
        env: environment,
        cwd: "/",
      });
      const refusal = await new Promise<Error | undefined>((resolve) => {
        child.once("spawn", () => resolve(undefined));
        child.once("error", resolve);
      });
      const { pid, stdout } = child;
      if (pid === undefined) {
        return failed({ kind: "unavailable", what: refusal?.message ?? "no process" });
      }
      reaper.add(pid);
      const ended = new Promise<number | undefined>((resolve, reject) => {
        stdout.on("data", (bytes: Buffer) => {
          try {
            onOutput(bytes);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
        child.once("exit", (code) => {
          killGroup(pid);
          reaper.remove(pid);
          const giveUp = setTimeout(() => stdout.destroy(), openOutput);
          child.once("close", () => {
            clearTimeout(giveUp);
            resolve(code ?? undefined);
          });
        });
      });
      return ok({ pid, ended });
    },
    close: () => Promise.resolve(),
  };
}
