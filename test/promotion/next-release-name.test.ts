import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nextReleaseName } from "../../src/promotion/next-release-name.ts";

describe("OKD's naming", () => {
  test.each([
    [
      "counts on",
      "4.21.0-0.okd-scos-2026-01-30-101010",
      "okd-scos",
      ["4.21.0-okd-scos.8"],
      "4.21.0-okd-scos.9",
    ],
    [
      "begins anew with a version",
      "4.22.0-0.okd-scos-nightly-1",
      "okd-scos.ec",
      ["4.21.0-okd-scos.ec.15"],
      "4.22.0-okd-scos.ec.0",
    ],
    [
      "an empty channel has a first name",
      "4.22.0-0.okd-scos-1",
      "okd-scos",
      [],
      "4.22.0-okd-scos.0",
    ],
    [
      "a hotfix of an older minor gets a new name",
      "4.20.0-0.okd-scos-1",
      "okd-scos",
      ["4.20.0-okd-scos.3", "4.21.0-okd-scos.0"],
      "4.20.0-okd-scos.4",
    ],
    [
      "a rejected release keeps its name",
      "4.21.0-0.okd-scos-1",
      "okd-scos",
      ["4.21.0-okd-scos.8", "4.21.0-okd-scos.9"],
      "4.21.0-okd-scos.10",
    ],
    ["gaps are not filled", "4.21.0-x", "okd-scos", ["4.21.0-okd-scos.7"], "4.21.0-okd-scos.8"],
    [
      "ec names do not count for others",
      "4.21.0-x",
      "okd-scos",
      ["4.21.0-okd-scos.ec.7"],
      "4.21.0-okd-scos.0",
    ],
    [
      "timestamps do not count",
      "4.15.0-x",
      "okd",
      ["4.15.0-0.okd-2024-03-10-010116"],
      "4.15.0-okd.0",
    ],
    [
      "numbers beyond what a double holds",
      "4.21.0-x",
      "s",
      ["4.21.0-s.9007199254740993"],
      "4.21.0-s.9007199254740994",
    ],
  ])("%s", (_, pickedName, suffix, used, expected) => {
    expect(nextReleaseName({ pickedName, suffix, used })).toEqual({ ok: true, value: expected });
  });

  test.each(["latest", "4.21.0", "v4.21.0-x", "$(id)-x", ""])("%j gives no name", (pickedName) => {
    expect(nextReleaseName({ pickedName, suffix: "okd-scos", used: [] }).ok).toBe(false);
  });
});

test("property: a name that was used is never given again, whatever was used", () => {
  const version = fc.constantFrom("4.20.0", "4.21.0", "4.22.0");
  const suffix = fc.constantFrom("okd-scos", "okd-scos.ec", "okd");
  const name = fc
    .tuple(version, suffix, fc.oneof(fc.nat({ max: 12 }), fc.bigInt({ min: 0n }), fc.string()))
    .map(([v, s, n]) => `${v}-${s}.${n}`);
  fc.assert(
    fc.property(version, suffix, fc.array(name), (v, s, used) => {
      const result = nextReleaseName({ pickedName: `${v}-0.okd-scos-x`, suffix: s, used });
      return result.ok && !used.includes(result.value);
    }),
  );
});
