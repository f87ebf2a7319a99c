import { join } from "node:path";
import { searchPath, type Isolation } from "./types.ts";

const script = 'exec 2>&1; cd -- "$1" || exit 1; unset OLDPWD; shift; exec "$@"';

/**
 * Steps as plain processes of this machine, which see directories where they really are. `shells` is a directory with
 * the shells of most images, which come before this machine's.
 */
export function processIsolation(shells: string | undefined): Isolation {
  const PATH = shells === undefined ? searchPath : `${shells}:${searchPath}`;
  return {
    kind: "process",
    ...(shells !== undefined && { shell: join(shells, "sh") }),
    sweep: [],
    locate: (source) => source,
    launch: ({ command, args, directory, environment }) => ({
      argv: ["/bin/sh", "-c", script, "sh", directory, ...command, ...args],
      environment: { PATH, ...environment },
    }),
    enter: ({ directory, environment }, _pid, command) => ({
      argv: ["/bin/sh", "-c", script, "sh", directory, ...command],
      environment: { PATH, ...environment },
    }),
  };
}
