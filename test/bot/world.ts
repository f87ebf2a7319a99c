import { join } from "node:path";
import { afterAll, expect } from "@jest/globals";
import nock from "nock";
import { answerComment } from "../../src/bot/answers/answer-comment.ts";
import type { Bot, OfferedCluster, TrialCluster } from "../../src/bot/bot.ts";
import { createKeyedLock } from "../../src/bot/keyed-lock.ts";
import { joinReplicas } from "../../src/bot/replica.ts";
import { syncRepository } from "../../src/bot/sync-repository.ts";
import { promotionPass, runPass } from "../../src/bot/workers.ts";
import type { ObservedRun } from "../../src/cluster/types.ts";
import { failed, type Problem } from "../../src/problem.ts";
import { openMirror } from "../../src/github/open-mirror.ts";
import { openStore } from "../../src/store/open-store.ts";
import { saveRepository } from "../../src/store/repositories.ts";
import type { Repository } from "../../src/store/repository-record.ts";
import { listRuns } from "../../src/store/find-runs.ts";
import type { Run } from "../../src/store/run-record.ts";
import type { FetchedFile, FetchedFiles } from "../../src/streams/elsewhere/fetched-file.ts";
import { gitFileKey } from "../../src/streams/elsewhere/git-file.ts";
import { files } from "../fixtures/bot/streams-repository.ts";
import { repository as address } from "../fixtures/github/answers.ts";
import { createApp } from "../github/client-fixture.ts";
import { createGitFixture } from "../github/git-fixture.ts";
import { createFakeCluster, image, observed, succeeded } from "./fake-cluster.ts";
import { createFakeGitHub, type FakeComment } from "./fake-github.ts";

const notAllowed: FetchedFile = { kind: "unknown", reason: "It is not allowed.", help: "Ask." };

const notAsked: Problem = { kind: "refused", what: "The test has no registry." };

const start = Date.parse("2026-11-20T12:00:00Z");

// The modules that nock patches are Node's own, which other test files of this process share.
afterAll(() => nock.restore());

/**
 * The bot with a database in memory, a real git repository, and a GitHub and a cluster that the test holds. `elsewhere`
 * is what other repositories hold, by `gitFileKey`: only those may be used.
 */
export async function createWorld(
  begin: Readonly<Record<string, string>> = files,
  elsewhere: FetchedFiles = new Map(),
) {
  nock.disableNetConnect();
  let millis = start;
  const git = createGitFixture(() => new Date(millis));
  for (const [path, content] of Object.entries(begin)) git.write(path, content);
  const first = git.commit("Begin");
  const gitHub = createFakeGitHub(git);
  const cluster = createFakeCluster();
  const store = await openStore(":memory:");
  const { app, installationId } = createApp();
  const mirror = openMirror({
    directory: join(git.root, "mirror.git"),
    gitUrl: git.url,
    token: () => Promise.resolve(undefined),
    protocols: ["file"],
    lag: { retries: 0, firstWaitMs: 1 },
  });
  const warnings: string[] = [];
  const trials = {
    client: createFakeCluster(),
    serviceAccount: "trials",
    params: {} as Record<string, string>,
  };
  const limits = { runs: Infinity, runsOfStream: Infinity };
  const note = (_data: object, message: string): void => void warnings.push(message);
  const offered: OfferedCluster & { trials?: TrialCluster } = {
    client: cluster,
    repositories: [`${address.owner}/${address.name}`],
    secrets: [],
    startDeadlineMs: 60_000,
    limits,
  };
  const bot: Bot = {
    db: store.db,
    gitHub: app,
    mirrorOf: () => mirror,
    elsewhere: {
      allows: (url) => [...elsewhere.keys()].some((key) => key.startsWith(`${url}@`)),
      read: (file) => Promise.resolve(elsewhere.get(gitFileKey(file)) ?? notAllowed),
    },
    clusters: new Map([["laptop", offered]]),
    registries: { digestOf: () => Promise.resolve(failed(notAsked)) },
    publicUrl: "https://bot.example.org",
    gitHubUrl: "https://github.test",
    pollMs: 15_000,
    retryMs: 2000,
    now: () => new Date(millis),
    lock: createKeyedLock(),
    replica: await joinReplicas(undefined),
    log: { info: () => undefined, warn: note, error: note },
    lastGates: new Map(),
    watched: new Set(),
    wake: () => undefined,
  };
  const repository = (): Promise<Repository> =>
    saveRepository(
      store.db,
      {
        id: address.id,
        installationId,
        owner: address.owner,
        name: address.name,
        defaultBranch: "main",
      },
      bot.now(),
    );

  const world = {
    bot,
    git,
    gitHub,
    cluster,
    mirror,
    /** How many runs the cluster takes; a test may set them. */
    limits,
    /** Where pull requests are tried, once a test offers it. */
    trials,
    offerTrials: (): void => void (offered.trials = trials),
    warnings,
    first,
    repository,
    pass(ms: number): void {
      millis += ms;
    },
    /** Commits a change of one file to the default branch. */
    push(path: string, content: string): string {
      git.write(path, content);
      return git.commit(`Change ${path}`);
    },
    async sync(): Promise<void> {
      await syncRepository(bot, await repository());
    },
    runs: (filter: { readonly kind?: Run["kind"] } = {}): Promise<readonly Run[]> =>
      listRuns(store.db, { ...filter }, 100),
    async newestRun(kind: Run["kind"] = "build"): Promise<Run> {
      const [run] = await listRuns(store.db, { kind }, 1);
      if (run === undefined) throw new Error(`there is no ${kind} run`);
      return run;
    },
    /** Works on runs and promotions until nothing is due now. */
    async work(): Promise<void> {
      const passes = [runPass(bot), promotionPass(bot)];
      for (let turn = 0; turn < 20; turn += 1) {
        let taken = 0;
        for (const pass of passes) taken += await pass();
        if (taken === 0) return;
      }
      throw new Error("the work does not end");
    },
    /** Lets the cluster show what it was asked for last, and looks again. */
    async show(change: Partial<ObservedRun>): Promise<void> {
      const payload = cluster.submitted.at(-1);
      if (payload === undefined) throw new Error("nothing was submitted");
      cluster.runs.set(payload.run.name, observed(payload, change));
      millis += bot.pollMs;
      await world.work();
    },
    /** Hands a comment to the bot as its event does; the same comment again is a redelivery. */
    async hear(comment: FakeComment): Promise<void> {
      const pull = gitHub.pulls.find(({ number }) => number === comment.issue);
      await answerComment(bot, await repository(), {
        issue: comment.issue,
        isPullRequest: pull !== undefined,
        issueAuthor: pull?.author,
        commentId: comment.id,
        body: comment.body,
        login: comment.login,
        isBot: comment.login.endsWith("[bot]"),
      });
    },
    async say(login: string, issue: number, body: string): Promise<FakeComment> {
      const comment = gitHub.write(login, issue, body);
      await world.hear(comment);
      return comment;
    },
    /** Takes the baseline, and merges a change of `edge` through pull request 7. */
    async merge(path: string, content: string): Promise<string> {
      await world.sync();
      git.git("checkout", "--quiet", "-b", "topic");
      world.push(path, content);
      git.git("checkout", "--quiet", "main");
      const pull = gitHub.addPull({ ref: "topic", number: 7 });
      const commit = gitHub.mergePull(pull, "Merge #7");
      await world.sync();
      return commit;
    },
    /** Builds and verifies what was merged; gives the name of the Accepted release. */
    async release(): Promise<string> {
      await world.work();
      await world.show(succeeded);
      await world.show({ ...succeeded, results: {} });
      const { rows } = await releaseNames();
      return rows;
    },
    async end(): Promise<void> {
      await store.close();
      git.remove();
      nock.cleanAll();
    },
  };

  async function releaseNames(): Promise<{ readonly rows: string }> {
    const row = await store.db
      .selectFrom("releases")
      .select(["name", "phase", "digest"])
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ phase: "Accepted", digest: image["image-digest"] });
    return { rows: row.name };
  }
  return world;
}

export type World = Awaited<ReturnType<typeof createWorld>>;
