import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SeenFiles } from "../isolation/seen-files.ts";
import { searchPath, type Container, type Isolation } from "../isolation/types.ts";
import { bash } from "../isolation/write-shells.ts";

/** A file's first bytes; what is neither a binary nor a script is none for the kernel, whatever a shell makes of it. */
function startOf(file: string): string {
  const bytes = Buffer.alloc(256);
  const descriptor = openSync(file, "r");
  const length = readSync(descriptor, bytes, 0, bytes.length, 0);
  closeSync(descriptor);
  return bytes.toString("latin1", 0, length);
}

function isProgram(path: string, files: SeenFiles): boolean {
  const file = files.find(path);
  if (file === undefined) return false;
  try {
    if (!statSync(file).isFile()) return false;
    accessSync(file, constants.X_OK);
    const start = startOf(file);
    const interpreter = /^#!\s*(\S+)/.exec(start)?.[1];
    return interpreter === undefined ? start.startsWith("\x7fELF") : isProgram(interpreter, files);
  } catch {
    return false;
  }
}

/** What the isolation gives steps by itself, where it can. */
const shells = ["sh", ...(bash === undefined ? [] : ["ash"])];

/**
 * Whether a container sees the program that it executes; true where that is not known here. It is asked after an exit
 * code that is a shell's for programs that are not there, and may be the program's own.
 */
export function canStart(container: Container, isolation: Isolation): boolean {
  if (isolation.kind === "podman") return true;
  const { command, args, directory, environment, mounts } = container;
  const [program = ""] = [...command, ...args];
  if (shells.includes(program)) return true;
  const places = program.includes("/")
    ? [resolve(directory, program)]
    : (environment["PATH"] ?? searchPath).split(":").map((folder) => join(folder, program));
  const files = isolation.seen(mounts);
  return places.some((place) => isProgram(place, files));
}
