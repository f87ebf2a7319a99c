import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { matrixCombinations } from "../../src/tekton/matrix-combinations.ts";
import type { Matrix, Param } from "../../src/tekton/types.ts";

const params = (values: Record<string, string | string[]>): Param[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
const matrix = (lists: Record<string, string[]>, ...include: Record<string, string>[]): Matrix => ({
  params: params(lists),
  include: include.map((one) => ({ params: params(one) })),
});
const plain = (found: readonly (readonly Param[])[]) =>
  found.map((one) =>
    one
      .map(
        ({ name, value }) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
      )
      .join(" "),
  );

describe("the combinations of a matrix", () => {
  test.each<[string, Matrix, string[]]>([
    [
      "the first list varies fastest",
      matrix({ os: ["linux", "mac"], arch: ["amd", "arm"] }),
      ["arch=amd os=linux", "arch=amd os=mac", "arch=arm os=linux", "arch=arm os=mac"],
    ],
    ["without lists each include is one", matrix({}, { a: "1" }, { b: "2" }), ["a=1", "b=2"]],
    [
      "an include without a param of the lists is added to all",
      matrix({ os: ["linux", "mac"] }, { flags: "-x" }),
      ["flags=-x os=linux", "flags=-x os=mac"],
    ],
    [
      "an include is added to those that it agrees with",
      matrix({ os: ["linux", "mac"] }, { os: "mac", flags: "-x" }),
      ["os=linux", "flags=-x os=mac"],
    ],
    [
      "an include with a value that no list has is one more",
      matrix({ os: ["linux"] }, { os: "plan9", flags: "-x" }),
      ["os=linux", "flags=-x os=plan9"],
    ],
    [
      "an include with two such values is counted twice, and one of the two has no params",
      matrix({ os: ["linux"], arch: ["amd"] }, { os: "plan9", arch: "mips" }),
      ["arch=amd os=linux", "arch=mips os=plan9", ""],
    ],
    [
      "an include with one such value before one of a list is counted, and has no params",
      matrix({ os: ["linux"], arch: ["amd"] }, { os: "plan9", arch: "amd" }),
      ["arch=amd os=linux", ""],
    ],
    ["an empty include is none", matrix({ os: ["linux"] }, {}), ["os=linux"]],
    ["an empty list leaves none", matrix({ os: [], arch: ["amd"] }), []],
  ])("%s", (_, given, expected) => {
    expect(plain(matrixCombinations(given))).toEqual(expected);
  });

  test("are as many as the product of the lists, each once, and each sorted by name", () => {
    const names = fc.constantFrom("a", "b", "c", "d");
    const lists = fc.dictionary(names, fc.uniqueArray(fc.string(), { maxLength: 4 }), {
      minKeys: 1,
      maxKeys: 4,
    });
    fc.assert(
      fc.property(lists, (given) => {
        const found = matrixCombinations(matrix(given));
        const product = Object.values(given).reduce((count, { length }) => count * length, 1);
        expect(found).toHaveLength(product);
        expect(new Set(found.map((one) => JSON.stringify(one))).size).toBe(product);
        for (const one of found) {
          expect(one.map(({ name }) => name)).toEqual(Object.keys(given).sort());
        }
      }),
    );
  });
});
