import { spawn } from "node:child_process";

/**
 * Kills the process groups that are still listed when its standard input ends, which a kill -9 of the runner brings
 * about too. Then those that left their group, known by their home directory, and what the isolation knows of. At last it
 * removes a folder.
 */
const script = `
home=$1 folder=$2
shift 2
groups=
while read -r action group; do
  kept=
  for other in $groups; do [ "$other" = "$group" ] || kept="$kept $other"; done
  groups=$kept
  [ "$action" = remove ] || groups="$groups $group"
done
for group in $groups; do kill -s KILL -- "-$group"; done
if [ -n "$home" ]; then
  for file in $(grep -lzsF -- "HOME=$home" /proc/[0-9]*/environ); do
    process=\${file#/proc/}
    kill -s KILL "\${process%/environ}"
  done
fi
[ $# -eq 0 ] || "$@"
[ -z "$folder" ] || rm -rf -- "$folder"
`;

export interface Reaper {
  /** From now on this process group dies with the runner. */
  add(group: number): void;
  remove(group: number): void;
  close(): void;
}

/**
 * A small process beside the runner that ends what the runner leaves behind: nothing that it started outlives it,
 * however it dies: no process whose HOME begins with `home`, nothing that the command `sweep` ends, and no `folder`.
 * It has a session of its own, so that Ctrl-C in a terminal does not reach it first.
 */
export function startReaper(home = "", sweep: readonly string[] = [], folder = ""): Reaper {
  const child = spawn("/bin/sh", ["-c", script, "sh", home, folder, ...sweep], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: sweep.length > 0 ? process.env : {},
    cwd: "/",
  });
  child.unref();
  // A reaper that somebody killed must not take the runner with it.
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  return {
    add: (group) => void child.stdin.write(`add ${group}\n`),
    remove: (group) => void child.stdin.write(`remove ${group}\n`),
    close: () => child.stdin.end(),
  };
}

function isGone(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ESRCH";
}

/** Ends every process of a group at once; a group that is gone already is no error. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
