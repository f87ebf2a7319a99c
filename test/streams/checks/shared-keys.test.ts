import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sharedKeys } from "../../../src/streams/checks/across-streams/shared-keys.ts";

interface Keyed {
  readonly tracked: readonly { readonly key: string }[];
}

const keyed = fc
  .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 3 })
  .map((keys): Keyed => ({ tracked: keys.map((key) => ({ key })) }));

function countedAnew(all: readonly Keyed[]): Set<string> {
  const keys = all.flatMap(({ tracked }) => tracked.map(({ key }) => key));
  return new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
}

describe("sharedKeys", () => {
  test("knows the keys of several streams, whatever it was asked about before", () => {
    fc.assert(
      fc.property(
        fc.array(keyed, { maxLength: 12 }),
        fc.array(fc.array(fc.nat(11), { maxLength: 12 }), { maxLength: 8 }),
        (streams, revisions) => {
          for (const indexes of revisions) {
            const all = [...new Set(indexes)].flatMap((index) => streams[index] ?? []);
            expect(new Set(sharedKeys(all))).toEqual(countedAnew(all));
          }
        },
      ),
    );
  });
});
