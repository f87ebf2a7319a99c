import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { ProblemError } from "../problem.ts";

export type IsolationChoice = "auto" | "process" | "namespace";

/** A directory of this machine, and where a step sees it. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface Isolation {
  readonly kind: "process" | "namespace";
  /** Where a step sees a directory that Tekton would mount at `target`. */
  locate(source: string, target: string): string;
  /** The command that runs `argv` in `directory`, its standard error joined to its standard output. */
  wrap(
    argv: readonly string[],
    directory: string,
    scratch: string,
    mounts: readonly Mount[],
  ): readonly string[];
}

const processIsolation: Isolation = {
  kind: "process",
  locate: (source) => source,
  wrap: (argv, directory) => [
    "/bin/sh",
    "-c",
    'exec 2>&1; cd -- "$1" || exit 1; unset OLDPWD; shift; exec "$@"',
    "sh",
    directory,
    ...argv,
  ],
};

/** What a step needs of the machine to run programs; home directories, /var and /run stay out. */
const systemEntries = ["bin", "sbin", "usr", "etc", "opt", "nix"];

/** Fixed texts only; every path that varies is an argument. */
function enterRoot(): string {
  const present = readdirSync("/", { withFileTypes: true }).filter(
    ({ name }) => systemEntries.includes(name) || /^lib(32|64|x32)?$/.test(name),
  );
  const links = present
    .filter((entry) => entry.isSymbolicLink())
    .map(({ name }) => ({ name, target: readlinkSync(`/${name}`) }))
    .filter(({ target }) => /^[\w./-]+$/.test(target))
    .map(({ name, target }) => `ln -s ${target} "$root/${name}"`);
  const trees = present.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return `
exec 2>&1
set -e
root=$1 directory=$2 count=$3
shift 3
mount -t tmpfs -o mode=0755 tmpfs "$root"
mkdir ${[...trees, "dev", "proc", "tmp"].map((name) => `"$root/${name}"`).join(" ")}
chmod 1777 "$root/tmp"
${links.join("\n")}
for tree in ${trees.join(" ")}; do
  mount --rbind "/$tree" "$root/$tree"
  mount -o remount,bind,ro "$root/$tree" || :
done
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
while [ "$count" -gt 0 ]; do
  mkdir -p "$root$2"
  mount --bind "$1" "$root$2"
  [ "$3" = rw ] || mount -o remount,bind,ro "$root$2"
  shift 3
  count=$((count - 1))
done
exec chroot "$root" /bin/sh -c 'cd -- "$1" || exit 1; unset OLDPWD; shift; exec "$@"' sh "$directory" "$@"
`;
}

const unshare = [
  "unshare",
  "--user",
  "--map-root-user",
  "--mount",
  "--pid",
  "--fork",
  "--kill-child",
];

function namespaceIsolation(): Isolation {
  const script = enterRoot();
  return {
    kind: "namespace",
    locate: (_source, target) => target,
    wrap: (argv, directory, scratch, mounts) => [
      ...unshare,
      "/bin/sh",
      "-c",
      script,
      "sh",
      scratch,
      directory,
      String(mounts.length),
      ...mounts.flatMap(({ source, target, readOnly }) => [source, target, readOnly ? "ro" : "rw"]),
      ...argv,
    ],
  };
}

/** The search path of steps; administrators' programs are where `chroot` and `mount` are found. */
export const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

function namespacesWork(isolation: Isolation, scratch: string): boolean {
  const [command = "", ...args] = isolation.wrap(["/bin/true"], "/", scratch, []);
  try {
    execFileSync(command, args, { env: { PATH: searchPath }, stdio: "ignore", timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * How steps are kept from the machine: as plain processes, or in namespaces of their own (user, mount, process) where
 * they see /workspace and /tekton as on a cluster, the system's programs read-only, and no home directory.
 * `auto` takes namespaces where this machine allows them. `scratch` is an empty directory to try it with.
 */
export function chooseIsolation(choice: IsolationChoice, scratch: string): Isolation {
  if (choice === "process") return processIsolation;
  const isolation = namespaceIsolation();
  if (namespacesWork(isolation, scratch)) return isolation;
  if (choice === "auto") return processIsolation;
  throw new ProblemError({
    kind: "unsupported",
    what: "This machine does not let ordinary users make namespaces.",
    where: "--isolation namespace",
    next: "Install unshare (util-linux) and allow user namespaces, or use --isolation process.",
  });
}
