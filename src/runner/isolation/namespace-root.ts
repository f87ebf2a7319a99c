import { existsSync, lstatSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { shellQuoted } from "./shell-quoted.ts";
import type { Mount } from "./types.ts";

/** What a root directory is made of: `setup` for a shell whose directory it is, then the lines of `fstab`. */
export interface RootPlan {
  readonly setup: string;
  readonly fstab: string;
}

/** What a step needs of the machine to run programs; home directories, /var and /run stay out. */
const systemEntries = ["bin", "sbin", "usr", "etc", "opt", "nix"];

/** Those of them that this machine has. */
export function shownEntries(): readonly string[] {
  return readdirSync("/").filter(
    (name) => systemEntries.includes(name) || /^lib(32|64|x32)?$/.test(name),
  );
}

/** Directories that every image has; `.host` is where the machine's root hangs for a moment. */
const emptyDirectories = ["dev", "proc", "sys", "tmp", "var/tmp", "run", "root", "home", ".host"];

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function escaped(path: string): string {
  const octal = (character: string): string =>
    `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  return path.replace(/[\s\\#]/g, octal);
}

/** Paths below `system` that have to be made of their entries, so that `target` can be made among them. */
function opened(target: string, system: ReadonlySet<string>): readonly string[] {
  const [first = "", ...parts] = target.split("/").filter((part) => part !== "");
  if (!system.has(first)) return [];
  const all: string[] = [];
  let path = `/${first}`;
  for (const part of parts) {
    if (!isDirectory(path) || lstatSync(path).isSymbolicLink()) return [];
    all.push(path);
    path = join(path, part);
    if (!existsSync(path)) return all;
  }
  return [];
}

/**
 * The root directory that a step sees: the system's programs read-only, an own /tmp, and the mounts, at any path.
 * Where a path is missing in a directory of the system, that directory is put together of its entries.
 */
export function namespaceRoot(
  root: string,
  mounts: readonly Mount[],
  directory: string,
  flagsOf: (path: string) => readonly string[],
): RootPlan {
  const directories = new Set(emptyDirectories);
  const lines: string[] = [];
  const setup: string[] = [];
  const bind = (source: string, target: string, options: readonly string[]): void => {
    lines.push(`${escaped(source)} ${escaped(root + target)} none ${options.join(",")} 0 0`);
  };
  const readOnly = (path: string): readonly string[] => ["ro", ...flagsOf(path)];

  const present = shownEntries();
  const system = new Set(present);
  const open = new Set(
    [...mounts.map(({ target }) => target), directory].flatMap((path) => opened(path, system)),
  );
  const show = (path: string): void => {
    const entry = lstatSync(path, { throwIfNoEntry: false });
    if (entry === undefined) return;
    if (entry.isSymbolicLink()) {
      setup.push(`ln -s ${shellQuoted(readlinkSync(path))} ${shellQuoted(`.${path}`)}`);
    } else if (open.has(path)) {
      directories.add(path.slice(1));
      for (const name of readdirSync(path)) show(join(path, name));
    } else if (entry.isDirectory()) {
      directories.add(path.slice(1));
      bind(path, path, ["rbind", ...readOnly(path)]);
    } else if (entry.isFile()) {
      setup.push(`: >${shellQuoted(`.${path}`)}`);
      bind(path, path, ["bind", ...readOnly(path)]);
    }
  };
  for (const name of present) show(`/${name}`);
  bind("/dev", "/dev", ["rbind"]);
  lines.push(`proc ${escaped(root)}/proc proc defaults 0 0`);

  const sorted = [...mounts].sort(
    (a, b) => a.target.split("/").length - b.target.split("/").length,
  );
  for (const { source, target, readOnly: fixed } of sorted) {
    const isFile = !isDirectory(source);
    if (isFile && !(system.has(target.split("/")[1] ?? "") && existsSync(target))) {
      directories.add(dirname(target).slice(1));
      setup.push(`: >${shellQuoted(`.${target}`)}`);
    }
    const options = [
      "bind",
      ...(fixed ? readOnly(source) : []),
      ...(isFile ? [] : ["X-mount.mkdir"]),
    ];
    bind(source, target, options);
  }
  const made = [...directories].map((path) => shellQuoted(path)).join(" ");
  return {
    setup: [`mkdir -p ${made}`, "chmod 1777 tmp var/tmp", ...setup, ""].join("\n"),
    fstab: `${lines.join("\n")}\n`,
  };
}
