import { basename, dirname } from "node:path";

/** A line that a container wrote, masked. */
export interface LogLine {
  readonly pod: string;
  readonly container: string;
  readonly line: string;
}

/** What containers write, as they write it, for whoever wants to see it. */
export interface LogLines {
  /** Tells of a line in the log file of a container. */
  tell(logFile: string, line: string): void;
  /** Gives the function that ends it. */
  follow(listener: (line: LogLine) => void): () => void;
}

export function createLogLines(): LogLines {
  const listeners = new Set<(line: LogLine) => void>();
  return {
    tell: (logFile, line) => {
      if (listeners.size === 0) return;
      const pod = basename(dirname(logFile));
      const container = basename(logFile, ".log");
      for (const listener of listeners) listener({ pod, container, line });
    },
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
