import { spawn } from "node:child_process";
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../../problem.ts";

const prefix = "okd-streams-run-";
/** In the folder of a run: whose it is. Its name stays short, as the paths of sockets below it have to be. */
const ownerFile = "owner";

/** When a process started, undefined where it is gone; two of the same number differ in it. */
function startTime(pid: string): string | undefined {
  try {
    // The name of the program, which stands in brackets, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)/s, "").trim();
    return fields.split(" ")[19];
  } catch {
    return undefined;
  }
}

/** What tells this process from all others of this machine; empty where that can't be known. */
function thisProcess(): string {
  try {
    const namespace = readlinkSync("/proc/self/ns/pid");
    return [namespace, process.pid, startTime("self") ?? ""].join(" ");
  } catch {
    return "";
  }
}

/** Whether a folder was this person's run, and that run is gone. What other namespaces run is not known here. */
function isLeft(folder: string, own: string): boolean {
  try {
    const entry = lstatSync(folder);
    if (!entry.isDirectory() || entry.uid !== process.getuid?.()) return false;
    const owner = readFileSync(join(folder, ownerFile), "utf8");
    const [namespace, pid = "", started] = owner.split(" ");
    return namespace === own.split(" ")[0] && /^\d+$/.test(pid) && startTime(pid) !== started;
  } catch {
    return false;
  }
}

function removeLeft(directory: string, own: string): void {
  const folders = readdirSync(directory)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(directory, name));
  const left = folders.filter((folder) => isLeft(folder, own));
  if (left.length === 0) return;
  const removal = spawn("rm", ["-rf", "--", ...left], { detached: true, stdio: "ignore" });
  removal.on("error", () => undefined);
  removal.unref();
}

/**
 * Makes a folder for a run, which nobody else can read. Those of runs that were killed together with everything that
 * would have removed them go: there may be secrets in them. Throws a ProblemError where none can be made.
 */
export function makeTemporaryFolder(directory = tmpdir()): string {
  const own = thisProcess();
  try {
    const folder = mkdtempSync(join(directory, prefix));
    writeFileSync(join(folder, ownerFile), own);
    if (own !== "") removeLeft(directory, own);
    return folder;
  } catch (error) {
    throw new ProblemError(
      {
        kind: "invalid",
        where: directory,
        what: "No folder for the run can be made there.",
        next: "Let TMPDIR name a folder that may be written to, or name one with --directory.",
      },
      { cause: error },
    );
  }
}
