import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ObservedRun } from "../../src/cluster/types.ts";
import { listApprovals, removeApproval, saveApproval } from "../../src/store/approvals.ts";
import { findCheckRun, getKnownCheckRun, saveKnownCheckRun } from "../../src/store/check-runs.ts";
import { getKnownComment, saveKnownComment } from "../../src/store/comments.ts";
import { handOutName, listNames } from "../../src/store/names.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import {
  duePromotions,
  getPromotion,
  insertPromotionIfAbsent,
  listPromotions,
  putOffPromotion,
  updatePromotion,
} from "../../src/store/promotions.ts";
import {
  findReleaseOfRun,
  getRelease,
  insertReleaseIfAbsent,
  listReleases,
  setReleasePhase,
} from "../../src/store/releases.ts";
import {
  getRepository,
  listRepositories,
  removeRepository,
  saveRepository,
  setBaseline,
  setSyncedCommit,
} from "../../src/store/repositories.ts";
import type { Run } from "../../src/store/run-record.ts";
import { dueRuns, wakeRun } from "../../src/store/due-runs.ts";
import { findRunByName, latestRuns, listRuns } from "../../src/store/find-runs.ts";
import { getRun, insertRunIfAbsent, updateRun } from "../../src/store/runs.ts";
import { onEachDatabase } from "./each-database.ts";
import type { RunRequest } from "../../src/streams/runs/run-request.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const iso = (seconds: number) => at(seconds).toISOString();

const request: RunRequest = {
  repositoryId: 5_000_000_000,
  kind: "build",
  subject: "edge",
  stream: "edge",
  inputDigest: "sha256:1",
  cause: "merge:abc",
  attempt: 1,
  cluster: "laptop",
  commit: "a".repeat(40),
  pipelineRef: { path: "tekton/assemble.yaml" },
  params: { title: "Größe \u0000 '\"", camelCase: "x", snake_case: "y" },
  workspaces: {
    shared: { volumeClaimTemplate: { storage: "1Gi" } },
    scratch: { emptyDir: {} },
    push: { secret: { secretName: "quay" } },
  },
  timeouts: { pipeline: "1h" },
};

/** Each but `a` has a cause of its own. */
const newRun = (id: string, change: Partial<RunRequest> = {}) => ({
  id: id.repeat(64),
  name: `edge-${id}`,
  request: { ...request, ...(id === "a" ? {} : { cause: `merge:${id}` as const }), ...change },
  pullNumber: 7,
  requestedBy: null,
});

onEachDatabase((createDatabase) => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore(await createDatabase());
  });
  afterEach(() => store.close());

  describe("runs", () => {
    test("are asked for once a key and come back as they went in", async () => {
      expect(await insertRunIfAbsent(store.db, newRun("a"), at(0))).toBe(true);
      await updateRun(store.db, "a".repeat(64), { state: "running" });
      expect(await insertRunIfAbsent(store.db, newRun("a"), at(9))).toBe(false);
      const run = await getRun(store.db, "a".repeat(64));
      expect(run).toMatchObject({
        id: "a".repeat(64),
        request,
        state: "running",
        requestedAt: iso(0),
        dueAt: iso(0),
        repositoryId: 5_000_000_000,
        pullNumber: 7,
        settled: false,
        results: null,
      });
      expect(await getRun(store.db, "b".repeat(64))).toBeUndefined();
    });

    test("are asked for once by one cause, also where two looks at once saw different inputs", async () => {
      expect(await insertRunIfAbsent(store.db, newRun("a"), at(0))).toBe(true);
      const same = newRun("b", { cause: "merge:abc", inputDigest: "sha256:2" });
      expect(await insertRunIfAbsent(store.db, same, at(0))).toBe(false);
      expect(
        await insertRunIfAbsent(store.db, newRun("c", { cause: "merge:abc", attempt: 2 }), at(0)),
      ).toBe(true);
      expect((await listRuns(store.db, {}, 10)).map(({ name }) => name)).toEqual([
        "edge-c",
        "edge-a",
      ]);
    });

    test("keep what was observed, exactly", async () => {
      await insertRunIfAbsent(store.db, newRun("a"), at(0));
      const observed: ObservedRun = {
        name: "edge-a",
        uid: "u",
        phase: "failed",
        reason: "Failed",
        message: "",
        results: { digest: "sha256:1" },
        tasks: [
          {
            name: "build",
            phase: "failed",
            steps: [{ name: "make", container: "step-make", exitCode: 3 }],
            failedStep: { name: "make", container: "step-make", exitCode: 3 },
          },
          { name: "publish", phase: "skipped", steps: [] },
        ],
        asked: { serviceAccounts: ["builder"], params: { branch: "master" } },
      };
      const updated = await updateRun(store.db, "a".repeat(64), {
        observed,
        results: { camelCase: "1", snake_case: "2" },
        settled: true,
        dueAt: null,
      });
      const kept: ObservedRun | null | undefined = updated?.observed;
      expect(kept).toEqual(observed);
      expect(updated).toMatchObject({
        results: { camelCase: "1", snake_case: "2" },
        settled: true,
        dueAt: null,
      });
      expect(await updateRun(store.db, "a".repeat(64), {})).toEqual(updated);
      expect(await updateRun(store.db, "z".repeat(64), { state: "lost" })).toBeUndefined();
      expect(await updateRun(store.db, "a".repeat(64), { observed: null })).toMatchObject({
        observed: null,
      });
    });

    test("are due when their moment has come, those that wait longest first", async () => {
      await insertRunIfAbsent(store.db, newRun("a"), at(5));
      await insertRunIfAbsent(store.db, newRun("b"), at(3));
      await insertRunIfAbsent(store.db, newRun("c"), at(8));
      const names = async (seconds: number) =>
        (await dueRuns(store.db, at(seconds), 10)).map((run) => run.name);
      expect(await names(5)).toEqual(["edge-b", "edge-a"]);
      await updateRun(store.db, "b".repeat(64), { dueAt: null });
      expect(await names(5)).toEqual(["edge-a"]);
      await wakeRun(store.db, "b".repeat(64), at(1));
      expect(await names(5)).toEqual(["edge-b", "edge-a"]);
      await updateRun(store.db, "b".repeat(64), { settled: true, dueAt: null });
      await wakeRun(store.db, "b".repeat(64), at(1));
      expect(await names(5)).toEqual(["edge-a"]);
      expect(await dueRuns(store.db, at(9), 1)).toHaveLength(1);
    });

    test("are listed and found, newest first", async () => {
      await insertRunIfAbsent(store.db, newRun("a"), at(1));
      await insertRunIfAbsent(store.db, newRun("b", { cause: "command:1" }), at(2));
      await insertRunIfAbsent(store.db, newRun("c", { stream: "hpc", subject: "hpc" }), at(3));
      await insertRunIfAbsent(store.db, newRun("d", { kind: "verify" }), at(4));
      await updateRun(store.db, "b".repeat(64), { state: "failed" });
      const names = (runs: Iterable<Run>) => [...runs].map((run) => run.name);
      const all = { repositoryId: request.repositoryId };
      expect(names(await listRuns(store.db, all, 3))).toEqual(["edge-d", "edge-c", "edge-b"]);
      expect(names(await listRuns(store.db, { ...all, stream: "hpc" }, 9))).toEqual(["edge-c"]);
      expect(names(await listRuns(store.db, { states: ["failed", "lost"] }, 9))).toEqual([
        "edge-b",
      ]);
      expect(names(await listRuns(store.db, { states: [] }, 9))).toEqual([]);
      expect(names(await listRuns(store.db, { repositoryId: 1 }, 9))).toEqual([]);
      const latest = await latestRuns(store.db, request.repositoryId, "build");
      expect([...latest].map(([stream, run]) => [stream, run.name])).toEqual([
        ["edge", "edge-b"],
        ["hpc", "edge-c"],
      ]);
      expect(await findRunByName(store.db, "laptop", "edge-a")).toMatchObject({ name: "edge-a" });
      expect(await findRunByName(store.db, "moc", "edge-a")).toBeUndefined();
    });

    test("written by something else are refused, not half read", async () => {
      await insertRunIfAbsent(store.db, newRun("a"), at(1));
      await store.db.updateTable("runs").set({ request: '{"kind":"build"}' }).execute();
      await expect(getRun(store.db, "a".repeat(64))).rejects.toThrow("request");
      await store.db.updateTable("runs").set({ request: "{" }).execute();
      await expect(getRun(store.db, "a".repeat(64))).rejects.toThrow("no JSON");
    });
  });

  describe("releases", () => {
    const release = {
      repositoryId: 1,
      name: "edge-1",
      stream: "edge",
      runId: "a".repeat(64),
      pullSpec: "registry.test/edge@sha256:1",
      digest: "sha256:1",
      commit: "a".repeat(40),
      phase: "Ready" as const,
    };

    test("are one for a build and one for a name", async () => {
      expect(await insertReleaseIfAbsent(store.db, release, at(0))).toBe(true);
      expect(await insertReleaseIfAbsent(store.db, { ...release, name: "other" }, at(1))).toBe(
        false,
      );
      expect(await insertReleaseIfAbsent(store.db, { ...release, runId: "b" }, at(1))).toBe(false);
      expect(await findReleaseOfRun(store.db, release.runId)).toMatchObject({ name: "edge-1" });
      expect(await getRelease(store.db, 2, "edge-1")).toBeUndefined();
    });

    test("soak from when they became Accepted", async () => {
      await insertReleaseIfAbsent(store.db, release, at(0));
      const accept = (seconds: number) =>
        setReleasePhase(
          store.db,
          1,
          "edge-1",
          { phase: "Accepted", reason: null, by: null },
          at(seconds),
        );
      await accept(5);
      await accept(9);
      expect(await getRelease(store.db, 1, "edge-1")).toMatchObject({ acceptedAt: iso(5) });
      const rejected = { phase: "Rejected", reason: "broken", by: "ada" } as const;
      await setReleasePhase(store.db, 1, "edge-1", rejected, at(10));
      expect(await getRelease(store.db, 1, "edge-1")).toMatchObject({
        phase: "Rejected",
        phaseReason: "broken",
        phaseBy: "ada",
        acceptedAt: null,
      });
      await accept(20);
      expect(await getRelease(store.db, 1, "edge-1")).toMatchObject({ acceptedAt: iso(20) });
      await setReleasePhase(store.db, 1, "nowhere", rejected, at(10));
      expect(await getRelease(store.db, 1, "nowhere")).toBeUndefined();
    });

    test("are listed newest first, Accepted at once where nothing verifies them", async () => {
      await insertReleaseIfAbsent(store.db, { ...release, phase: "Accepted" }, at(0));
      await insertReleaseIfAbsent(store.db, { ...release, name: "edge-2", runId: "b" }, at(1));
      const names = async (filter: Parameters<typeof listReleases>[2]) =>
        (await listReleases(store.db, 1, filter, 9)).map((one) => one.name);
      expect(await names({})).toEqual(["edge-2", "edge-1"]);
      expect(await names({ stream: "edge", phase: "Accepted" })).toEqual(["edge-1"]);
      expect(await names({ stream: "hpc" })).toEqual([]);
      expect(await getRelease(store.db, 1, "edge-1")).toMatchObject({ acceptedAt: iso(0) });
    });
  });

  describe("promotions", () => {
    const promotion = {
      id: "991",
      repositoryId: 1,
      channel: "4-scos-next",
      release: "edge-1",
      targetName: "4.21.0-okd-scos.0",
      fromRelease: null,
      requester: "ada",
      requestedIn: 7,
      branch: "promote/4-scos-next",
      decisionDigest: "d1",
    };

    test("are asked for once a comment and followed to their end", async () => {
      expect(await insertPromotionIfAbsent(store.db, promotion, at(0))).toBe(true);
      expect(await insertPromotionIfAbsent(store.db, promotion, at(1))).toBe(false);
      expect(await duePromotions(store.db, at(0), 9)).toMatchObject([{ id: "991" }]);
      const change = { state: "open", pullNumber: 8, dueAt: null } as const;
      expect(await updatePromotion(store.db, "991", change, at(2))).toMatchObject({
        state: "open",
        updatedAt: iso(2),
        createdAt: iso(0),
      });
      expect(await duePromotions(store.db, at(9), 9)).toEqual([]);
      expect(await listPromotions(store.db, { pullNumber: 8, states: ["open"] }, 9)).toHaveLength(
        1,
      );
      expect(await listPromotions(store.db, { states: ["merged"] }, 9)).toEqual([]);
      expect(await getPromotion(store.db, "1")).toBeUndefined();
      expect(await updatePromotion(store.db, "1", { state: "open" }, at(3))).toBeUndefined();
    });

    test("stay due where they were made due while somebody looked at them", async () => {
      await insertPromotionIfAbsent(store.db, promotion, at(0));
      const seen = (await getPromotion(store.db, "991"))!;
      const later = { attempts: 1, dueAt: iso(60) };
      await updatePromotion(store.db, "991", { dueAt: iso(2) }, at(2));
      await putOffPromotion(store.db, seen, later, at(3));
      expect(await getPromotion(store.db, "991")).toMatchObject({ attempts: 1, dueAt: iso(2) });
      const again = (await getPromotion(store.db, "991"))!;
      await putOffPromotion(store.db, again, { ...later, dueAt: null }, at(4));
      expect(await getPromotion(store.db, "991")).toMatchObject({ dueAt: null, updatedAt: iso(4) });
    });

    test("have one approval of a person, of what exactly was decided on", async () => {
      const approval = { promotionId: "991", login: "bob", commentId: 3e9, decisionDigest: "d1" };
      await saveApproval(store.db, approval, at(1));
      await saveApproval(store.db, { ...approval, login: "cleo" }, at(2));
      await saveApproval(store.db, { ...approval, decisionDigest: "d2", commentId: 4e9 }, at(3));
      expect(await listApprovals(store.db, "991")).toEqual([
        { ...approval, login: "cleo", createdAt: iso(2) },
        { ...approval, decisionDigest: "d2", commentId: 4e9, createdAt: iso(3) },
      ]);
      expect(await removeApproval(store.db, "991", "bob")).toBe(true);
      expect(await removeApproval(store.db, "991", "bob")).toBe(false);
      expect(await listApprovals(store.db, "990")).toEqual([]);
    });

    test("never get a name that another one had", async () => {
      const claim = { repositoryId: 1, name: "4.21.0-okd-scos.0", channel: "c", promotionId: "1" };
      expect(await handOutName(store.db, claim, at(0))).toBe(true);
      expect(await handOutName(store.db, claim, at(1))).toBe(true);
      expect(await handOutName(store.db, { ...claim, promotionId: "2" }, at(2))).toBe(false);
      expect(
        await handOutName(store.db, { ...claim, repositoryId: 2, promotionId: "2" }, at(2)),
      ).toBe(true);
      expect(await listNames(store.db, 1)).toEqual(["4.21.0-okd-scos.0"]);
    });
  });

  describe("repositories", () => {
    const seen = { id: 1, installationId: 9, owner: "okd", name: "streams", defaultBranch: "main" };

    test("keep their baseline, whatever GitHub says of them later", async () => {
      expect(await saveRepository(store.db, seen, at(0))).toMatchObject({ baseline: null });
      expect(await setBaseline(store.db, 1, "abc")).toBe("abc");
      expect(await setBaseline(store.db, 1, "def")).toBe("abc");
      await setSyncedCommit(store.db, 1, "abc", at(1));
      expect(await saveRepository(store.db, { ...seen, name: "renamed" }, at(2))).toMatchObject({
        name: "renamed",
        baseline: "abc",
        syncedCommit: "abc",
        updatedAt: iso(2),
      });
      expect(await listRepositories(store.db)).toHaveLength(1);
      await removeRepository(store.db, 1);
      expect(await getRepository(store.db, 1)).toBeUndefined();
    });
  });

  describe("what was written on GitHub", () => {
    test("is remembered, a comment by its purpose and a check by its commit and name", async () => {
      const comment = { repositoryId: 1, issue: 7, purpose: "review" };
      expect(await getKnownComment(store.db, comment)).toBeUndefined();
      await saveKnownComment(store.db, comment, { id: 3e9, hash: "h1" });
      await saveKnownComment(store.db, comment, { id: 4e9, hash: "h2" });
      expect(await getKnownComment(store.db, comment)).toEqual({ id: 4e9, hash: "h2" });
      expect(await getKnownComment(store.db, { ...comment, purpose: "plan" })).toBeUndefined();

      const check = { repositoryId: 1, headSha: "a".repeat(40), name: "okd-streams / validate" };
      expect(await getKnownCheckRun(store.db, check)).toBeUndefined();
      await saveKnownCheckRun(store.db, check, { id: 11, hash: "h1", externalId: "validate:1" });
      await saveKnownCheckRun(store.db, check, { id: 12, hash: "h2", externalId: "validate:1" });
      expect(await getKnownCheckRun(store.db, check)).toEqual({
        id: 12,
        hash: "h2",
        externalId: "validate:1",
      });
      expect(await findCheckRun(store.db, 1, 12)).toMatchObject(check);
      expect(await findCheckRun(store.db, 1, 11)).toBeUndefined();
      expect(await findCheckRun(store.db, 2, 12)).toBeUndefined();
    });
  });
});

describe("opening", () => {
  test.each(["mysql://localhost/x", "", "file:", "/tmp/x.db"])(
    "refuses %j and says what is taken",
    async (url) => {
      await expect(openStore(url)).rejects.toMatchObject({ problem: { kind: "unsupported" } });
    },
  );

  test("says where a file cannot be opened, and keeps everything where it can", async () => {
    const folder = mkdtempSync(join(tmpdir(), "okd-streams-store-"));
    try {
      await expect(openStore(`file:${folder}/none/x.db`)).rejects.toMatchObject({
        problem: { kind: "unavailable" },
      });
      writeFileSync(join(folder, "text.db"), "this is no database, but a text ".repeat(99));
      await expect(openStore(`file:${folder}/text.db`)).rejects.toMatchObject({
        name: "ProblemError",
      });
      const first = await openStore(`file:${folder}/x.db`);
      await insertRunIfAbsent(first.db, newRun("a"), at(0));
      await first.close();
      const second = await openStore(`file:${folder}/x.db`);
      expect(await getRun(second.db, "a".repeat(64))).toMatchObject({ request });
      await second.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
