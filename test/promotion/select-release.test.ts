import { describe, expect, test } from "@jest/globals";
import { selectRelease, type Selection } from "../../src/promotion/select-release.ts";
import type { Release } from "../../src/promotion/types.ts";
import { channel, channelRelease, release } from "./fixtures.ts";

const old = release({ name: "4.22.0-old", createdAt: "2026-10-01T00:00:00.000Z" });
const newer = release({ name: "4.22.0-newer", createdAt: "2026-10-03T00:00:00.000Z" });
const ready = release({
  name: "4.22.0-ready",
  phase: "Ready",
  phaseReason: "waits for install",
  createdAt: "2026-10-04T00:00:00.000Z",
});
const rejected = release({
  name: "4.22.0-bad",
  phase: "Rejected",
  createdAt: "2026-10-05T00:00:00.000Z",
});
const foreign = release({
  name: "4.22.0-foreign",
  stream: "other",
  createdAt: "2026-10-06T00:00:00.000Z",
});

function select(change: Partial<Selection<Release>>) {
  return selectRelease({
    channel: channel(),
    channelReleases: new Map(),
    releases: [old, foreign, newer, ready, rejected],
    spec: "latest",
    ...change,
  });
}

function refusal(change: Partial<Selection<Release>>): string {
  const result = select(change);
  return result.ok
    ? `chose ${result.value.name}`
    : `${result.problem.kind}: ${result.problem.what}`;
}

describe("what is chosen", () => {
  test("latest is the newest Accepted release of a source", () => {
    expect(select({})).toEqual({ ok: true, value: newer });
  });
  test("a release by its name", () => {
    expect(select({ spec: old.name })).toEqual({ ok: true, value: old });
  });
  test("what a source channel holds now, as latest, by published name or by release name", () => {
    const stable = {
      ...channel({ sources: [{ channel: "4-scos-next" }] }),
      metadata: { name: "4-scos-stable" },
    };
    const channelReleases = new Map([
      ["4-scos-next", channelRelease({ name: "4.22.0-okd-scos.ec.4", release: old.name })],
    ]);
    for (const spec of ["latest", "4.22.0-okd-scos.ec.4", old.name]) {
      expect(select({ channel: stable, channelReleases, spec })).toEqual({ ok: true, value: old });
    }
    expect(refusal({ channel: stable, channelReleases, spec: newer.name })).toContain("refused");
  });
});

describe("what is refused, and why", () => {
  test.each<[string, Partial<Selection<Release>>, RegExp]>([
    [
      "no release at all",
      { releases: [] },
      /^not-found: There is no release yet .*stream scos-edge/,
    ],
    [
      "none Accepted",
      { releases: [ready, rejected] },
      /^not-found: No release .* is Accepted; the newest, 4.22.0-bad, is Rejected/,
    ],
    ["an unknown name", { spec: "4.99.0-x" }, /^not-found: There is no release 4.99.0-x/],
    ["another stream's release", { spec: foreign.name }, /^refused: .*comes from stream other/],
    ["a rejected release", { spec: rejected.name }, /^refused: This release is Rejected/],
    [
      "a release that is being verified",
      { spec: ready.name },
      /^refused: This release is Ready \(waits for install\)/,
    ],
    [
      "what the channel already holds",
      { channelReleases: new Map([["4-scos-next", channelRelease({ release: newer.name })]]) },
      /^conflict: The channel already holds 4.22.0-newer/,
    ],
  ])("%s", (_, change, reason) => {
    expect(refusal(change)).toMatch(reason);
  });
});
