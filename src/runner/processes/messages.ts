import type { Launch } from "../isolation/types.ts";

/** What the helper reports; the numbers are those of its script. */
export const reportTypes = { started: 1, output: 2, exited: 3, closed: 4, refused: 5 } as const;

export interface Report {
  readonly type: number;
  readonly id: number;
  readonly data: Buffer;
}

const headerBytes = 9;

function request(fields: readonly string[]): Buffer {
  const body = Buffer.from(fields.join("\0"));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** Asks the helper for a process; the strings must hold no NUL, as those of every process. */
export function startRequest(id: number, { argv, directory, environment }: Launch): Buffer {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return request(["start", String(id), directory, String(argv.length), ...argv, ...variables]);
}

/** Asks the helper to wait no longer for output. */
export function closeRequest(id: number): Buffer {
  return request(["close", String(id)]);
}

/** A function that takes what the helper writes, however it is cut, and gives the reports that are complete. */
export function reportReader(): (bytes: Buffer) => readonly Report[] {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const reports: Report[] = [];
    while (rest.length >= headerBytes) {
      const end = headerBytes + rest.readUInt32BE(5);
      if (rest.length < end) break;
      const data = rest.subarray(headerBytes, end);
      reports.push({ type: rest.readUInt8(0), id: rest.readUInt32BE(1), data });
      rest = rest.subarray(end);
    }
    return reports;
  };
}
