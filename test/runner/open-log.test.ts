import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createLogLines } from "../../src/runner/log-lines.ts";
import { maskSecrets } from "../../src/runner/mask-secrets.ts";
import { openLog } from "../../src/runner/open-log.ts";

const directory = mkdtempSync(join(tmpdir(), "okd-streams-log-"));
const file = join(directory, "step-s.log");
afterAll(() => rmSync(directory, { recursive: true }));

/** What becomes of text that comes in pieces: the file, and the lines that were told. */
function logged(pieces: readonly Uint8Array[]): {
  readonly text: string;
  readonly lines: string[];
} {
  const lines: string[] = [];
  const logLines = createLogLines();
  logLines.follow(({ line }) => lines.push(line));
  const log = openLog(file, maskSecrets(["s3cret"]), logLines);
  for (const piece of pieces) log.write(Buffer.from(piece));
  log.end();
  return { text: readFileSync(file, "utf8"), lines };
}

test("lines are masked and told, whatever ends them, and however they are cut", () => {
  const piece = fc.constantFrom("a", "s3cret", "é", "\n", "\r\n", "\r", "");
  fc.assert(
    fc.property(fc.array(piece), fc.integer({ min: 1, max: 4 }), (all, size) => {
      const bytes = Buffer.from(all.join(""));
      const pieces: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
      const expected = all
        .join("")
        .replaceAll("s3cret", "*****")
        .split(/\r\n|\n|\r/);
      if (expected.at(-1) === "") expected.pop();
      const { text, lines } = logged(pieces);
      expect(lines).toEqual(expected);
      expect(text).toBe(expected.map((line) => `${line}\n`).join(""));
    }),
  );
});

test("a line without an end is written and told in pieces, and no secret is cut", () => {
  const secret = "s3cret";
  const line = `${"x".repeat(2 ** 19 - 3)}${secret.repeat(30_000)}${"y".repeat(2 ** 20)}`;
  const pieces = [...new Array(5).keys()].map((index) =>
    Buffer.from(line.slice(index * 400_000, (index + 1) * 400_000)),
  );
  const { text, lines } = logged(pieces);
  const masked = line.slice(0, 2_000_000).replaceAll(secret, "*****");
  expect(text === `${masked}\n`).toBe(true);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join("") === masked).toBe(true);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(2 ** 21);
});

test("the file is there from the start, and for nobody else to read", () => {
  const log = openLog(file, (text) => text, createLogLines());
  expect(statSync(file).mode & 0o777).toBe(0o600);
  log.end();
});

test("a log that cannot be written is told at its end", () => {
  const log = openLog("/dev/full", (text) => text, createLogLines());
  log.write(Buffer.from("x\n"));
  expect(() => log.end()).toThrow("ENOSPC");
});
