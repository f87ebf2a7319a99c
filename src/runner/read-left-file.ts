import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { failed, ok, type Result } from "../problem.ts";
import { isRecord } from "../tekton/value-at.ts";
import type { SeenFiles } from "./isolation/seen-files.ts";

/** As the kernel counts them. */
const mostLinks = 40;

const faults: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ELOOP: "its links lead to each other",
  ENXIO: "it is no file",
};

function unreadable(path: string, why: string): Result<never> {
  return failed({ kind: "refused", what: `${path} cannot be read: ${why}` });
}

/** Follows links as the container would: what they name is meant of its files. Undefined where they lead to nothing. */
function follow(path: string, files: SeenFiles): Result<string | undefined> {
  let at = dirname(path);
  let rest: readonly string[] = [path.slice(at.length + 1)];
  let links = 0;
  for (;;) {
    const [part, ...others] = rest;
    if (part === undefined) break;
    rest = others;
    const next = join(at, part);
    const found = files.find(next);
    const entry = found === undefined ? undefined : lstatSync(found, { throwIfNoEntry: false });
    if (found !== undefined && entry === undefined) return ok(undefined);
    if (found !== undefined && entry?.isSymbolicLink() === true) {
      links += 1;
      if (links > mostLinks) return unreadable(path, "its links lead to each other");
      const target = readlinkSync(found);
      if (target.startsWith("/")) at = "/";
      rest = [...target.split("/"), ...rest];
    } else {
      at = next;
    }
  }
  const end = files.find(at);
  return end === undefined ? unreadable(path, `it leads to ${at}, which is gone`) : ok(end);
}

function readOpened(file: number, path: string, limit: number): Result<Buffer> {
  const found = fstatSync(file);
  if (found.isDirectory()) return unreadable(path, "it is a directory");
  if (!found.isFile()) return unreadable(path, "it is no file");
  const buffer = Buffer.alloc(Math.min(found.size, limit + 1));
  return ok(buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0)));
}

/**
 * The bytes of a file that a step left, one over the limit at most; undefined where there is none. `path` is where the
 * step sees it. A problem says why it cannot be read.
 */
export function readLeftFile(
  path: string,
  limit: number,
  files: SeenFiles,
): Result<Buffer | undefined> {
  const place = files.find(path);
  // Most results and artifacts are not there, and an error would cost more than this look.
  const entry = place === undefined ? undefined : lstatSync(place, { throwIfNoEntry: false });
  if (place === undefined || entry === undefined) return ok(undefined);
  const isLink = entry.isSymbolicLink();
  const end = isLink ? follow(path, files) : ok(place);
  if (!end.ok) return end;
  if (end.value === undefined) return ok(undefined);
  try {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = openSync(end.value, flags);
    try {
      // A sidecar may have put a link into the way meanwhile.
      if (isLink && !files.holds(readlinkSync(`/proc/self/fd/${file}`))) {
        return unreadable(path, "it leads out of the container");
      }
      return readOpened(file, path, limit);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = isRecord(error) ? String(error["code"]) : "";
    return unreadable(path, faults[code] ?? code);
  }
}
