import { searchPath, type Isolation } from "./types.ts";

const script = 'exec 2>&1; cd -- "$1" || exit 1; unset OLDPWD; shift; exec "$@"';

/** Steps as plain processes of this machine, which see directories where they really are. */
export function processIsolation(): Isolation {
  return {
    kind: "process",
    sweep: [],
    locate: (source) => source,
    launch: ({ command, args, directory, environment }) => ({
      argv: ["/bin/sh", "-c", script, "sh", directory, ...command, ...args],
      environment: { PATH: searchPath, ...environment },
    }),
    enter: ({ directory, environment }, _pid, command) => ({
      argv: ["/bin/sh", "-c", script, "sh", directory, ...command],
      environment: { PATH: searchPath, ...environment },
    }),
  };
}
