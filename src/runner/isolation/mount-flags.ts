import { readFileSync } from "node:fs";

/** Flags of a mount that nobody may take off in a namespace of their own, so that a remount has to name them. */
const lockedFlags = ["nosuid", "nodev", "noexec"];

interface MountPoint {
  readonly path: string;
  readonly flags: readonly string[];
}

function unescaped(path: string): string {
  return path.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

function parseMountInfo(text: string): readonly MountPoint[] {
  return text.split("\n").flatMap((line) => {
    const [, , , , path, options] = line.split(" ");
    if (path === undefined || options === undefined) return [];
    const flags = options.split(",").filter((option) => lockedFlags.includes(option));
    return [{ path: unescaped(path), flags }];
  });
}

function contains(mountPoint: string, path: string): boolean {
  return mountPoint === "/" || path === mountPoint || path.startsWith(`${mountPoint}/`);
}

/** A function that gives the flags which a read-only bind mount of a path has to keep; `text` is a mountinfo. */
export function mountFlags(
  text = readFileSync("/proc/self/mountinfo", "utf8"),
): (path: string) => readonly string[] {
  // Of mounts over one another the last is seen.
  const points = [...parseMountInfo(text)].reverse().sort((a, b) => b.path.length - a.path.length);
  return (path) => points.find((point) => contains(point.path, path))?.flags ?? [];
}
