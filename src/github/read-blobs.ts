import { spawn } from "node:child_process";
import { once } from "node:events";
import { ProblemError } from "../problem.ts";
import { checkObjectId } from "./revision-names.ts";
import type { GitCall } from "./run-git.ts";

/**
 * The contents of blobs by id, through one `git cat-file --batch`. Blobs larger than `maximumBytes` and objects that
 * are not there or no blobs are left out. Its own process because contents are bytes, not text.
 */
export async function readBlobs(
  call: GitCall,
  ids: readonly string[],
  maximumBytes: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = [...new Set(ids.map(checkObjectId))];
  if (wanted.length === 0) return new Map();
  const headers = await batch(call, "--batch-check", wanted);
  const small = headers
    .toString("utf8")
    .split("\n")
    .flatMap((line) => {
      const header = readHeader(line);
      return header !== undefined && header.size <= maximumBytes ? [header.id] : [];
    });
  if (small.length === 0) return new Map();
  return splitBlobs(await batch(call, "--batch", small));
}

interface Header {
  readonly id: string;
  readonly size: number;
}

/** `ID SP TYPE SP SIZE`, or `ID SP missing`: https://git-scm.com/docs/git-cat-file#_batch_output */
function readHeader(line: string): Header | undefined {
  const groups = /^(?<id>[0-9a-f]{40}) blob (?<size>\d+)$/.exec(line)?.groups;
  return groups?.["id"] === undefined
    ? undefined
    : { id: groups["id"], size: Number(groups["size"]) };
}

function splitBlobs(output: Buffer): ReadonlyMap<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  let position = 0;
  while (position < output.length) {
    const lineEnd = output.indexOf(0x0a, position);
    const header = readHeader(output.toString("utf8", position, lineEnd));
    if (lineEnd < 0 || header === undefined) throw unreadable("git printed something unexpected");
    const start = lineEnd + 1;
    blobs.set(header.id, new Uint8Array(output.subarray(start, start + header.size)));
    // A line feed of git's own follows each content.
    position = start + header.size + 1;
  }
  return blobs;
}

async function batch(call: GitCall, mode: string, ids: readonly string[]): Promise<Buffer> {
  const child = spawn("git", ["cat-file", mode], {
    cwd: call.directory,
    env: call.environment,
    stdio: ["pipe", "pipe", "pipe"],
    timeout: call.silenceMs,
  });
  const chunks: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  // git may end before it has read everything; its exit code then tells why.
  child.stdin.on("error", () => undefined);
  child.stdin.end(`${ids.join("\n")}\n`);
  const failure = await once(child, "close").then(
    ([code]: unknown[]) => (code === 0 ? undefined : Buffer.concat(complaints).toString("utf8")),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (failure !== undefined) throw unreadable(failure.trim());
  return Buffer.concat(chunks);
}

function unreadable(reason: string): ProblemError {
  return new ProblemError({
    kind: "unavailable",
    where: "git cat-file",
    what: `The contents cannot be read: ${reason === "" ? "git was ended" : reason}.`,
    next: "It is tried again.",
  });
}
