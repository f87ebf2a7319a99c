import { closeSync, openSync, writeFileSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import type { LogLines } from "./log-lines.ts";

/** The log file of a container. */
export interface ContainerLog {
  /** Takes what the container wrote, however it is cut. */
  write(bytes: Buffer): void;
  /** Writes what is left, closes the file, and throws what went wrong with it meanwhile. */
  end(): void;
}

/** A carriage return at the very end may be half of one. */
const lineEnd = /\r\n|\n|\r(?!$)/;

/** Characters of a line that are held until it ends. */
const mostHeld = 2 ** 20;
/** Longer than any line of a secret. */
const longestSecret = 2 ** 16;

/** Where a line can be cut so that no secret is: half way, or somewhat before. */
function cutOf(text: string, mask: (text: string) => string): number {
  const half = Math.floor(text.length / 2);
  const around = text.slice(half - longestSecret, half + longestSecret);
  const whole = mask(around);
  for (let at = longestSecret; at > 0; at -= 1) {
    if (mask(around.slice(0, at)) + mask(around.slice(at)) === whole) {
      return half - longestSecret + at;
    }
  }
  return half;
}

/** Creates the log file of a container: each line masked, and told to whoever follows. */
export function openLog(
  logFile: string,
  mask: (text: string) => string,
  logLines: LogLines,
): ContainerLog {
  const file = openSync(logFile, "w", 0o600);
  const decoder = new StringDecoder();
  let begun = "";
  let halfEnd = "";
  let fault: Error | undefined;
  const append = (text: string): void => {
    try {
      writeFileSync(file, text);
    } catch (error) {
      fault ??= error instanceof Error ? error : new Error(String(error));
    }
  };
  const writeLines = (lines: readonly string[]): void => {
    if (lines.length === 0) return;
    const masked = lines.map(mask);
    append(`${masked.join("\n")}\n`);
    for (const line of masked) logLines.tell(logFile, line);
  };
  /** A line that goes on and on is told in pieces, and whole in the file. */
  const writeBegun = (): void => {
    while (begun.length > mostHeld) {
      const at = cutOf(begun, mask);
      const piece = mask(begun.slice(0, at));
      begun = begun.slice(at);
      append(piece);
      logLines.tell(logFile, piece);
    }
  };
  return {
    write: (bytes) => {
      const [first = "", ...others] = (halfEnd + decoder.write(bytes)).split(lineEnd);
      const lines = [begun + first, ...others];
      const last = lines.pop() ?? "";
      halfEnd = last.endsWith("\r") ? "\r" : "";
      begun = halfEnd === "" ? last : last.slice(0, -1);
      writeLines(lines);
      writeBegun();
    },
    end: () => {
      const rest = begun + decoder.end();
      if (rest !== "" || halfEnd !== "") writeLines([rest]);
      closeSync(file);
      if (fault !== undefined) throw fault;
    },
  };
}
