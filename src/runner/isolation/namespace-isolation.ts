import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { mountFlags } from "./mount-flags.ts";
import { namespaceRoot, shownEntries } from "./namespace-root.ts";
import { seenFiles } from "./seen-files.ts";
import { searchPath, type Container, type Isolation, type Mount } from "./types.ts";
import { bash } from "./write-shells.ts";

const unshare = [
  "unshare",
  "--user",
  "--map-root-user",
  "--mount",
  "--pid",
  "--fork",
  "--kill-child",
];

/** The step's own PATH comes last, so that it does not decide which `mount` is taken. */
const enterDirectory = `
[ -d "$directory" ] || mkdir -p -- "$directory"
cd -- "$directory" || exit 1
unset OLDPWD
`;
const startBeside = `
directory=$1 path=$2
shift 2
${enterDirectory}
PATH=$path
export PATH
exec "$@"
`;

/** As with Tekton's entrypoint a step is not the first process itself: that one can't be ended by signals. */
const startInShell = `
PATH=$2
export PATH
shift 2
"$@"
exit $?
`;

/** A shell does not tell a signal from an exit code. ENOENT is 2: its name would have to be loaded. */
const startInPerl = `
my $signalled = shift;
$ENV{PATH} = shift;
my ($pid, $ended) = fork;
defined $pid or die "fork: $!";
if ($pid == 0) {
  exec { $ARGV[0] } @ARGV or my $fault = $! + 0;
  print STDERR "$ARGV[0]: $!\\n";
  exit($fault == 2 ? 127 : 126);
}
do { $ended = wait } until $ended == $pid || $ended < 0;
exit($? & 127 ? $signalled || 128 + ($? & 127) : $? >> 8);
`;

const hasPerl = findProgram("perl") !== undefined;

/** What starts a step with this environment, which can make every Perl load modules of the step's own. */
function startFor(environment: Container["environment"]): string {
  return hasPerl && environment["PERL5OPT"] === undefined
    ? `perl -e '${startInPerl}'`
    : `/bin/sh -c '${startInShell}' sh`;
}

/**
 * Fixed texts only; every path that varies is an argument or stands in a file. A step is root among its own files, so
 * that it may not mount: else it would take the read-only off the system's.
 */
const enterRoot = (start: string): string => `
set -e
root=$1 setup=$2 fstab=$3 directory=$4
shift 4
mount -t tmpfs -o mode=0755 tmpfs "$root"
cd "$root"
. "$setup"
mount -a -T "$fstab"
mount --rbind /sys sys 2>/dev/null || :
pivot_root . .host
umount -l /.host
${enterDirectory}
exec setpriv --bounding-set=-sys_admin ${start} "$@"
`;

/** Only a step's root has this directory: a probe that comes too early must not run on the machine itself. */
const enterRunning = '[ -d /.host ] && exec /bin/sh -c "$0" sh "$@"';

/** Most images' sh takes what bash takes, and not what Debian's dash takes; some call it ash. */
function shellMounts(directory: string): readonly Mount[] {
  if (bash === undefined) return [];
  const sh = realpathSync("/bin/sh");
  return [
    ...(sh === realpathSync(bash) ? [] : [{ source: bash, target: sh, readOnly: true }]),
    ...(findProgram("ash") === undefined
      ? [{ source: bash, target: `${directory}/ash`, readOnly: true }]
      : []),
  ];
}

const shellDirectory = "/tekton/bin";

/** The process that unshare forked, which is the first of its namespace. */
function onlyChildOf(pid: number): string {
  const list = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(list) ? readFileSync(list, "utf8") : "";
  return children.trim().split(" ")[0] ?? "";
}

function pathOf({ environment }: Container): string {
  return environment["PATH"] ?? `${searchPath}:${shellDirectory}`;
}

/**
 * Steps in namespaces of their own (user, mount, process): they see /workspace, /tekton and volumes as on a cluster,
 * the system's programs read-only, and no home directory. What they leave behind dies with them.
 */
export function namespaceIsolation(): Isolation {
  const flagsOf = mountFlags();
  const shells = shellMounts(shellDirectory);
  const system = shownEntries().map((name) => `/${name}`);
  return {
    kind: "namespace",
    sweep: [],
    locate: (_source, target) => target,
    seen: (mounts) => seenFiles(mounts, system),
    launch: (container) => {
      const { name, command, args, directory, environment, scratch, signalled = 0 } = container;
      const root = join(scratch, "root");
      const plan = namespaceRoot(root, [...shells, ...container.mounts], directory, flagsOf);
      const setup = join(scratch, `${name}.setup`);
      const fstab = join(scratch, `${name}.fstab`);
      mkdirSync(root, { recursive: true });
      writeFileSync(setup, plan.setup);
      writeFileSync(fstab, plan.fstab);
      const files = [root, setup, fstab];
      return {
        argv: [
          ...[...unshare, "/bin/sh", "-c", enterRoot(startFor(environment)), "sh", ...files],
          ...[directory, String(signalled), pathOf(container), ...command, ...args],
        ],
        directory: "/",
        environment: { ...environment, PATH: searchPath },
      };
    },
    enter: (container, pid, command) => {
      const target = onlyChildOf(pid);
      const into = ["--target", target, "--user", "--mount", "--pid", "--preserve-credentials"];
      return {
        argv: [
          ...["nsenter", ...into, "/bin/sh", "-c", enterRunning, startBeside],
          ...[container.directory, pathOf(container), ...command],
        ],
        directory: "/",
        environment: { ...container.environment, PATH: searchPath },
      };
    },
  };
}
