import { readdirSync, readlinkSync } from "node:fs";

/** A directory of this machine, and where a container sees it. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What programs need of the machine. */
const systemEntries = /^(bin|sbin|usr|etc|opt|lib(32|64|x32)?)$/;

/**
 * The command that runs `argv` as a container: in namespaces of its own (user, mount, process), with the volumes where
 * the pod wants them and this machine's programs for an image. `scratch` is an empty directory to mount its root on.
 */
export function enterContainer(
  argv: readonly string[],
  scratch: string,
  mounts: readonly Mount[],
): readonly string[] {
  const outerFirst = mounts.toSorted((one, other) => one.target.length - other.target.length);
  return [
    ...["unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child"],
    ...["/bin/sh", "-c", script(), "sh", scratch, String(mounts.length)],
    ...outerFirst.flatMap(({ source, target, readOnly }) => [
      source,
      target,
      readOnly ? "ro" : "rw",
    ]),
    ...argv,
  ];
}

/** Fixed texts only; every path that varies is an argument. */
function script(): string {
  const entries = readdirSync("/", { withFileTypes: true }).filter(({ name }) =>
    systemEntries.test(name),
  );
  const links = entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name);
  const trees = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return `
exec 2>&1
set -e
root=$1 count=$2
shift 2
mount -t tmpfs -o mode=0755 tmpfs "$root"
cd "$root"
mkdir ${[...trees, "dev", "proc", "tmp"].join(" ")}
chmod 1777 tmp
${links.map((name) => `ln -s ${readlinkSync(`/${name}`)} ${name}`).join("\n")}
for tree in ${trees.join(" ")}; do
  mount --rbind "/$tree" "$tree"
  mount -o remount,bind,ro "$tree" || :
done
mount --rbind /dev dev
mount -t proc proc proc
while [ "$count" -gt 0 ]; do
  mkdir -p ".$2"
  mount --bind "$1" ".$2"
  [ "$3" = rw ] || mount -o remount,bind,ro ".$2"
  shift 3
  count=$((count - 1))
done
exec chroot . "$@"
`;
}
