import { join } from "node:path";
import { searchPath, type Container, type Isolation, type Launch } from "./types.ts";

/**
 * Steps as plain processes of this machine, which see directories where they really are. `shells` is a directory with
 * the shells of most images, which come before this machine's.
 */
export function processIsolation(shells: string | undefined): Isolation {
  const PATH = shells === undefined ? searchPath : `${shells}:${searchPath}`;
  const launchOf = ({ directory, environment }: Container, argv: readonly string[]): Launch => ({
    argv,
    directory,
    environment: { PATH, PWD: directory, ...environment },
  });
  return {
    kind: "process",
    ...(shells !== undefined && { shell: join(shells, "sh") }),
    sweep: [],
    locate: (source) => source,
    seen: () => ({ find: (path) => path, holds: () => true }),
    launch: (container) => launchOf(container, [...container.command, ...container.args]),
    enter: (container, _pid, command) => launchOf(container, command),
  };
}
