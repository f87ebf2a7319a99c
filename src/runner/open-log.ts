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
  const writeLines = (lines: readonly string[]): void => {
    if (lines.length === 0) return;
    const masked = lines.map(mask);
    try {
      writeFileSync(file, `${masked.join("\n")}\n`);
    } catch (error) {
      fault ??= error instanceof Error ? error : new Error(String(error));
    }
    for (const line of masked) logLines.tell(logFile, line);
  };
  return {
    write: (bytes) => {
      const [first = "", ...others] = (halfEnd + decoder.write(bytes)).split(lineEnd);
      const lines = [begun + first, ...others];
      const last = lines.pop() ?? "";
      halfEnd = last.endsWith("\r") ? "\r" : "";
      begun = halfEnd === "" ? last : last.slice(0, -1);
      writeLines(lines);
    },
    end: () => {
      const rest = begun + decoder.end();
      if (rest !== "" || halfEnd !== "") writeLines([rest]);
      closeSync(file);
      if (fault !== undefined) throw fault;
    },
  };
}
