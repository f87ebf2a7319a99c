import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { nextTry } from "../../src/bot/backoff.ts";
import { observeVerifications } from "../../src/bot/releases/observe-verifications.ts";
import { promotionDigest } from "../../src/bot/promotions/promotion-digest.ts";
import { releaseOfRun } from "../../src/bot/releases/release-of-run.ts";
import { verificationOfCause } from "../../src/bot/releases/verification-of-cause.ts";
import type { Cause } from "../../src/streams/runs/run-request.ts";
import type { Stream } from "../../src/streams/types.ts";
import { channelRelease } from "../promotion/fixtures.ts";
import { image } from "./fake-cluster.ts";

const now = new Date("2026-11-20T12:00:00Z");

describe("the pause before the next try", () => {
  const pause = (attempts: number, first: number, wait?: number) =>
    nextTry(now, attempts, first, wait).getTime() - now.getTime();

  test("doubles, up to five minutes", () => {
    expect([1, 2, 3, 8, 9, 1000].map((attempts) => pause(attempts, 2000))).toEqual([
      2000, 4000, 8000, 256_000, 300_000, 300_000,
    ]);
  });

  test("is never shorter than the other side asked, nor than the one before", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 600_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (attempts, first, wait) => {
          expect(pause(attempts, first, wait)).toBeGreaterThanOrEqual(wait * 1000);
          expect(pause(attempts + 1, first, wait)).toBeGreaterThanOrEqual(
            pause(attempts, first, wait),
          );
          expect(pause(attempts, first)).toBeLessThanOrEqual(300_000);
        },
      ),
    );
  });
});

const stream = (from: Stream["spec"]["release"]["from"]): Stream => ({
  apiVersion: "streams.okd.io/v1alpha1",
  kind: "Stream",
  metadata: { name: "edge" },
  spec: {
    title: "Edge",
    version: "4.21",
    operatingSystem: "scos",
    architectures: ["amd64"],
    build: { cluster: "laptop", pipelineRef: { name: "build" } },
    release: { nameTemplate: "$(stream.version).0-0.edge-$(run.id)", from },
    verify: [
      { name: "contents", mode: "blocking", maxRetries: 2, pipelineRef: { name: "verify" } },
      { name: "upgrade", mode: "informing", pipelineRef: { name: "verify" } },
    ],
  },
});
const byResults = stream({ results: { pullSpec: "pull-spec", digest: "image-digest" } });

describe("the release of a build", () => {
  const of = (results: Readonly<Record<string, string>> | null) =>
    releaseOfRun(byResults, {
      id: "b".repeat(64),
      commit: "c".repeat(40),
      requestedAt: now.toISOString(),
      results,
    });

  const digest = image["image-digest"];

  test("has the image of its results, without the line ends that shells write", () => {
    const pullSpec = `quay.io/a@${digest}`;
    expect(
      of({ ...image, "image-digest": `${digest}\n`, "pull-spec": `${pullSpec}\n` }),
    ).toMatchObject({ ok: true, value: { pullSpec, digest } });
  });

  test.each([
    ["quay.io/a:b", "quay.io/a"],
    ["quay.io:443/a:b", "quay.io:443/a"],
    ["quay.io:443/a", "quay.io:443/a"],
    [`quay.io/a:b@${digest}`, "quay.io/a:b"],
  ])("is pinned to its digest where the pull spec is %s", (pullSpec, repository) => {
    expect(of({ ...image, "pull-spec": pullSpec })).toMatchObject({
      ok: true,
      value: { pullSpec: `${repository}@${digest}`, digest },
    });
  });

  test.each([
    ["no results at all", null, "no result `image-digest`"],
    ["no pull spec", { "image-digest": image["image-digest"] }, "no result `pull-spec`"],
    ["a short digest", { ...image, "image-digest": "sha256:abc" }, "is no digest"],
    ["a pull spec of two lines", { ...image, "pull-spec": "quay.io/a\nquay.io/b" }, "no pull spec"],
    ["a pull spec with an option", { ...image, "pull-spec": "--force" }, "is no pull spec"],
    ["markup for a pull spec", { ...image, "pull-spec": "a](http://x)" }, "is no pull spec"],
    [
      "a pull spec of another digest",
      { ...image, "pull-spec": `quay.io/a@sha256:${"0".repeat(64)}` },
      "The results `image-digest` and `pull-spec` name two images",
    ],
  ])("is none with %s", (_what, results, words) => {
    const release = of(results);
    expect(release.ok).toBe(false);
    if (!release.ok) expect(release.problem.what).toContain(words);
  });

  test("of a tag is what the tag names, without the tag and marked so", () => {
    const run = { id: "b", commit: "c", requestedAt: now.toISOString(), results: null };
    const byTag = stream({ image: "quay.io:443/okd/x:latest" });
    expect(releaseOfRun(byTag, run, image["image-digest"])).toMatchObject({
      ok: true,
      value: { pullSpec: `quay.io:443/okd/x@${image["image-digest"]}`, byTag: true },
    });
    expect(releaseOfRun(byTag, run)).toMatchObject({ ok: false });
  });
});

describe("the verifications of a release", () => {
  const run = (cause: Cause, state: "running" | "succeeded" | "lost" | "cancelled", id = "r") => ({
    id,
    cause,
    state,
  });

  test("stand as their newest run, retries by comment among them, and count every attempt", () => {
    const runs = [
      run("release:rel/contents/1234", "succeeded", "third"),
      run("release:rel/contents", "lost", "second"),
      run("release:rel/contents", "cancelled", "first"),
      run("release:other/upgrade", "succeeded"),
      run("release:rel/upgrade-more", "succeeded"),
    ];
    expect(observeVerifications(byResults, "rel", runs, "https://bot")).toEqual([
      {
        name: "contents",
        mode: "blocking",
        maxRetries: 2,
        attempts: 3,
        state: "succeeded",
        url: "https://bot/runs/third",
      },
      { name: "upgrade", mode: "informing", maxRetries: 0, attempts: 0, state: "waiting" },
    ]);
  });

  test.each([
    ["lost", "failed"],
    ["cancelled", "failed"],
    ["running", "running"],
  ] as const)("whose run is %s are %s: only success is success", (state, verification) => {
    const runs = [run("release:rel/contents", state)];
    expect(observeVerifications(byResults, "rel", runs, "")[0]).toMatchObject({
      state: verification,
    });
  });
});

test.each([
  ["release:4.21.0-0.edge/contents", "4.21.0-0.edge/contents"],
  ["release:4.21.0-0.edge/contents/99", "4.21.0-0.edge/contents"],
  ["release:4.21.0-0.edge", undefined],
  ["merge:abc/def", undefined],
] as const)("the cause %s is of the verification %s", (cause, verification) => {
  expect(verificationOfCause(cause)).toBe(verification);
});

test("the digest of a publication covers what is published, and not who asked for it", () => {
  const digest = promotionDigest(channelRelease());
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(promotionDigest(channelRelease({ promotion: { requestedBy: "bob" } }))).toBe(digest);
  for (const change of [{ name: "x" }, { release: "x" }, { pullSpec: "x" }, { digest: "x" }])
    expect(promotionDigest(channelRelease(change))).not.toBe(digest);
});
