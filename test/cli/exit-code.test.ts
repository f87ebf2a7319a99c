import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { exitCodeOf } from "../../src/cli/exit-code.ts";

let told: string;
beforeEach(() => {
  told = "";
  jest.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    told += String(chunk);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

function errorOf(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("exitCodeOf", () => {
  test("tells a folder that can't be made, because a file is there, in one line", () => {
    const folder = mkdtempSync(join(tmpdir(), "okd-streams-exit-"));
    const file = join(folder, "file");
    writeFileSync(file, "");
    const error = errorOf(() => mkdirSync(join(file, "streams"), { recursive: true }));
    rmSync(folder, { recursive: true });
    expect(exitCodeOf(error)).toBe(2);
    expect(told).toBe(`okd-streams: ${join(file, "streams")}: A part of the path is no folder.\n`);
  });

  test.each([
    [
      "streams",
      "No folder can be made there: what it would stand in has no room for one, or is a link that leads nowhere.",
    ],
    [
      "streams/deeper",
      "No folder can be made there: what it would stand in has no room for one, or is a link that leads nowhere.",
    ],
  ])("tells a folder %s that can't be made, because a link leads nowhere", (path, said) => {
    const folder = mkdtempSync(join(tmpdir(), "okd-streams-exit-"));
    symlinkSync(join(folder, "none/none"), join(folder, "streams"));
    const error = errorOf(() => mkdirSync(join(folder, path), { recursive: true }));
    rmSync(folder, { recursive: true });
    expect(exitCodeOf(error)).toBe(2);
    expect(told).toContain(said);
  });

  test("tells a file that may not be read in one line", () => {
    const error = Object.assign(new Error("EACCES: permission denied, open 'streams/a.yaml'"), {
      code: "EACCES",
      syscall: "open",
      path: "streams/a.yaml",
    });
    expect(exitCodeOf(error)).toBe(2);
    expect(told).toBe("okd-streams: streams/a.yaml: You have no permission (open).\n");
  });

  test("leaves a fault of the program to be seen whole", () => {
    const fault = new TypeError("x is undefined");
    expect(() => exitCodeOf(fault)).toThrow(fault);
  });
});
