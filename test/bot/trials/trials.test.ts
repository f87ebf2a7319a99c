import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { resync } from "../../../src/bot/resync.ts";
import { rerunCheck } from "../../../src/bot/reviews/rerun-check.ts";
import { stopStaleTrials } from "../../../src/bot/trials/stop-stale-trials.ts";
import { listReleases } from "../../../src/store/releases.ts";
import {
  changed,
  edgePath,
  settings,
  settingsPath,
} from "../../fixtures/bot/streams-repository.ts";
import { repository as address } from "../../fixtures/github/answers.ts";
import { broken, observed, succeeded } from "../fake-cluster.ts";
import type { FakePull } from "../fake-github.ts";
import { createWorld, type World } from "../world.ts";

const pipelinePath = "tekton/pipelines/build.yaml";
const workspaces =
  "  workspaces: [{ name: push-credentials, optional: true }, { name: cache, optional: true }]\n";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.gitHub.roles.set("ada", "write").set("tom", "triage").set("nora", "read");
  world.offerTrials();
  world.push(settingsPath, settings("trials: true"));
  world.push(pipelinePath, changed(pipelinePath, "spec:\n", `spec:\n${workspaces}`));
  await world.sync();
});
afterEach(() => world.end());

const secret = `    workspaces:
      push-credentials: { secret: { secretName: quay-push } }
      cache: { persistentVolumeClaim: { claimName: cache } }
`;
const tried = changed(edgePath, "branch: master\n", `branch: other\n${secret}`);

/** A pull request that changes `edge`. */
function propose(more: Partial<FakePull> = {}, text = tried): FakePull {
  world.git.git("checkout", "--quiet", "-B", "topic", "main");
  world.push(edgePath, text);
  world.git.git("checkout", "--quiet", "main");
  return world.gitHub.addPull({ ref: "topic", number: 7, ...more });
}
function moveOn(): string {
  return world.gitHub.onBranch("topic", () => world.push("notes.txt", "more"));
}
const ask = (command: string, login = "ada") => world.say(login, 7, command);
const reply = () => world.gitHub.said(7).split("<!-- okd-streams:reply").at(-1) ?? "";
const trials = () => world.runs({ kind: "trial" });
const sent = () => world.trials.client.submitted;
async function show(change: Parameters<typeof observed>[1]): Promise<void> {
  const payload = sent().at(-1);
  if (payload === undefined) throw new Error("nothing was submitted");
  world.trials.client.runs.set(payload.run.name, observed(payload, change));
  world.pass(world.bot.pollMs);
  await world.work();
}

describe("/test", () => {
  test("tries the head as it is, in the trials' namespace, under their account and without secrets", async () => {
    const { head } = propose();
    await ask("/test");
    await world.work();
    expect(world.cluster.submitted).toEqual([]);
    expect(sent()).toMatchObject([
      {
        run: { kind: "trial", serviceAccount: "trials" },
        stream: "edge",
        commit: head,
        pipeline: { revision: head },
        params: { branch: "other", revision: head },
      },
    ]);
    expect(sent()[0]?.workspaces).toEqual({ cache: "cache" });
    expect(JSON.stringify(sent())).not.toContain("quay-push");
  });

  test("tells on the pull request how it ended, and releases nothing", async () => {
    const { head } = propose();
    await ask("/test edge");
    await world.work();
    await show({});
    expect(world.gitHub.check("trial (edge)", head)).toMatchObject({ status: "in_progress" });
    await show(succeeded);
    expect(world.gitHub.check("trial (edge)", head)).toMatchObject({ conclusion: "success" });
    expect(world.gitHub.said(7)).toContain("The trial build of this pull request succeeded");
    expect(await listReleases(world.bot.db, address.id, {}, 10)).toEqual([]);
    expect(await world.runs({ kind: "verify" })).toEqual([]);
  });

  test("is stopped where its run has another account than the operator fixed, and counts for nothing", async () => {
    const { head } = propose();
    await ask("/test");
    await world.work();
    const other = { serviceAccounts: ["builder"], params: sent()[0]?.params ?? {} };
    await show({ asked: other });
    expect(world.trials.client.cancelled).toEqual([sent()[0]?.run.name]);
    expect(world.gitHub.check("trial (edge)", head)).toMatchObject({
      conclusion: "action_required",
      output: {
        summary: expect.stringContaining(
          'runs as service account "builder" and not as "trials". The bot\'s operator fixed that',
        ),
      },
    });
    await show({ ...succeeded, asked: other });
    expect(await trials()).toMatchObject([{ state: "parked", reason: "NotAsFixed" }]);
  });

  test("is stopped where its run lacks a param that trials are forced to have", async () => {
    world.trials.params = { branch: "nowhere" };
    propose();
    await ask("/test");
    await world.work();
    await show({ asked: { serviceAccounts: ["trials"], params: { branch: "other" } } });
    expect(world.trials.client.cancelled).toHaveLength(1);
    expect((await trials())[0]?.message).toContain('"branch" as "nowhere", and has "other"');
  });

  test("is not sent with params that the operator forced before, not even by /retry", async () => {
    propose();
    await ask("/test");
    world.trials.params = { branch: "nowhere" };
    await world.work();
    expect(sent()).toEqual([]);
    expect(world.gitHub.said(7)).toContain("Trials are forced to set `branch` otherwise by now.");
    await ask("/retry");
    await world.work();
    expect(sent()).toEqual([]);
    await ask("/test");
    await world.work();
    expect(sent()[0]?.params).toMatchObject({ branch: "nowhere" });
  });

  test("that ended before it was seen counts for nothing either where it was not as fixed", async () => {
    propose();
    await ask("/test");
    await world.work();
    await show({ ...succeeded, asked: { serviceAccounts: ["trials", "admin"], params: {} } });
    expect(world.trials.client.cancelled).toEqual([]);
    expect(await trials()).toMatchObject([{ state: "parked" }]);
  });

  test("tries what the merge would build, and any stream that is named", async () => {
    propose();
    await ask("/test");
    await ask("/test plain");
    expect((await trials()).map(({ stream }) => stream).toSorted()).toEqual(["edge", "plain"]);
    await ask("/test nothing");
    expect(reply()).toContain("There is no valid stream `nothing` in");
  });

  test("says where the merge would build something else than the head that is tried", async () => {
    const { head } = propose();
    const taskPath = "tekton/tasks/assemble.yaml";
    world.push(taskPath, changed(taskPath, "echo $(params.branch)", "echo on $(params.branch)"));
    await world.sync();
    await ask("/test edge");
    expect(await trials()).toMatchObject([{ stream: "edge", commit: head }]);
    expect(reply()).toContain(
      `\`edge\`: is tried as ${head.slice(0, 10)} has it. The merge would build other inputs`,
    );
  });

  test("of one comment asks once", async () => {
    propose();
    const comment = await ask("/test");
    await world.hear(comment);
    expect(await trials()).toHaveLength(1);
  });

  test("forces params over those of the pull request, and refuses a pipeline that does not take them", async () => {
    world.trials.params = { branch: "nowhere" };
    propose();
    await ask("/test");
    await world.work();
    expect(sent()[0]?.params).toMatchObject({ branch: "nowhere" });
    world.trials.params = { push: "false" };
    await ask("/test edge");
    expect(reply()).toContain("Trials are forced to set `push`");
    expect(await trials()).toHaveLength(1);
  });

  test("refuses a pipeline of elsewhere under forced params, as nobody knows what it takes", async () => {
    world.trials.params = { branch: "nowhere" };
    propose({}, tried.replace("path: tekton/pipelines/build.yaml", "name: build"));
    await ask("/test edge");
    expect(reply()).toContain("it is not known that the pipeline takes that");
    expect(await trials()).toEqual([]);
  });
});

describe("nothing is tried", () => {
  test.each([
    ["by the author", "nora", "/test"],
    ["by somebody with triage", "tom", "/test"],
    ["by the stream's own maintainer", "sam", "/test edge"],
    ["by a stranger who vouches", "eve", "/ok-to-test HEAD"],
  ])("%s", async (_who, login, command) => {
    const { head } = propose({ fork: true });
    await ask(command.replace("HEAD", head), login);
    expect(reply()).toContain("is for maintainers of this repository");
    expect(await trials()).toEqual([]);
  });

  test.each(["", "trials: false", "trials: true\npause: true", "trials: true\nmode: report"])(
    "where the settings say %j",
    async (lines) => {
      world.push(settingsPath, settings(lines === "" ? "mode: active" : lines));
      await world.sync();
      const { head } = propose();
      for (const command of ["/test", `/ok-to-test ${head}`]) {
        await ask(command);
        expect(reply()).toMatch(/builds no pull requests before their merge|nothing is built/);
      }
      expect(await trials()).toEqual([]);
    },
  );

  test("where only the pull request's own settings allow it", async () => {
    world.push(settingsPath, settings("mode: active"));
    await world.sync();
    propose();
    world.gitHub.onBranch("topic", () => world.push(settingsPath, settings("trials: true")));
    await ask("/test");
    expect(reply()).toContain("builds no pull requests before their merge");
    expect(await trials()).toEqual([]);
  });

  test("where the operator does not allow it", async () => {
    await world.end();
    world = await createWorld();
    world.gitHub.roles.set("ada", "write");
    world.push(settingsPath, settings("trials: true"));
    await world.sync();
    propose({}, changed(edgePath, "branch: master", "branch: other"));
    await ask("/test");
    expect(reply()).toContain("Cluster `laptop` runs no trials of pull requests.");
    expect(await trials()).toEqual([]);
  });

  test("of a stream that the default branch has paused, whatever the pull request makes of it", async () => {
    const paused = changed(
      edgePath,
      "  release:\n",
      "  lifecycle: { state: paused }\n  release:\n",
    );
    world.push(edgePath, paused);
    await world.sync();
    propose({}, tried);
    await ask("/test edge");
    expect(reply()).toContain("The stream `edge` is paused, so nothing builds it.");
    expect(await trials()).toEqual([]);
  });

  test("of a closed pull request, and on an issue", async () => {
    const pull = propose();
    pull.state = "closed";
    await ask("/test edge");
    expect(reply()).toContain("The pull request is closed.");
    await world.say("ada", 12, "/test edge");
    expect(world.gitHub.said(12)).toContain("Only pull requests can be tried.");
    expect(await trials()).toEqual([]);
  });
});

describe("the commit of somebody else", () => {
  test("runs only after a maintainer named it in full, and the answer is the line to paste", async () => {
    const { head } = propose({ fork: true });
    await ask("/test");
    expect(reply()).toContain("This commit comes from another repository");
    expect(reply()).toContain(`\n/ok-to-test ${head}\n`);
    expect(await trials()).toEqual([]);
    await ask(`/ok-to-test ${head}`);
    await world.work();
    expect(sent()).toMatchObject([{ commit: head }]);
    await ask("/test plain");
    expect(await trials()).toHaveLength(2);
  });

  test("that the bot wrote to a proposal's branch runs only after that too", async () => {
    world.git.git("branch", "okd-streams/propose-3", "main");
    world.gitHub.onBranch("okd-streams/propose-3", () => world.push(edgePath, tried));
    const { head } = world.gitHub.addPull({ ref: "okd-streams/propose-3", number: 7 });
    await ask("/test");
    expect(reply()).toContain("An issue's author wrote what this commit holds");
    expect(reply()).toContain(`\n/ok-to-test ${head}\n`);
    await world.work();
    expect(sent()).toEqual([]);
    await ask(`/ok-to-test ${head}`);
    await world.work();
    expect(sent()).toMatchObject([{ commit: head }]);
  });

  test("is not run where another one is named, or only its beginning", async () => {
    const { head } = propose({ fork: true });
    for (const commit of [head.slice(0, 12), "e".repeat(40)]) {
      await ask(`/ok-to-test ${commit}`);
      expect(reply()).toContain(`\n/ok-to-test ${head}\n`);
    }
    expect(await trials()).toEqual([]);
    await ask("/test");
    expect(await trials()).toEqual([]);
  });

  test("that is pushed between the look and the word is not run by that word", async () => {
    const { head } = propose({ fork: true });
    const next = moveOn();
    await ask(`/ok-to-test ${head}`);
    expect(reply()).toContain(`\n/ok-to-test ${next}\n`);
    expect(await trials()).toEqual([]);
  });

  test("that is pushed while the word is carried out does not run, and what was asked for is stopped", async () => {
    const { head } = propose({ fork: true });
    const fetch = world.mirror.fetchPullRequest.bind(world.mirror);
    world.mirror.fetchPullRequest = async (number, sha) => {
      const fetched = await fetch(number, sha);
      if (sha === head) world.git.git("update-ref", "refs/heads/topic", moveOnce());
      return fetched;
    };
    let next: string | undefined;
    const moveOnce = () => (next ??= moveOn());
    await ask(`/ok-to-test ${head}`);
    await world.work();
    expect(sent()).toEqual([]);
    for (const run of await trials())
      expect(run).toMatchObject({ commit: head, state: "cancelled" });
    await ask("/test edge");
    expect(reply()).toContain(`\n/ok-to-test ${next ?? ""}\n`);
  });

  test("that was vouched for in one pull request may not run in another", async () => {
    const { head } = propose({ fork: true });
    await ask(`/ok-to-test ${head}`);
    world.gitHub.addPull({ ref: "topic", number: 9, fork: true });
    await world.say("ada", 9, "/test edge");
    expect(world.gitHub.said(9)).toContain(`/ok-to-test ${head}`);
    expect((await trials()).every(({ pullNumber }) => pullNumber === 7)).toBe(true);
  });

  test("is not sent any more where the settings were taken back before its turn", async () => {
    const { head } = propose({ fork: true });
    await ask(`/ok-to-test ${head}`);
    world.push(settingsPath, settings("trials: false"));
    await world.work();
    expect(sent()).toEqual([]);
    expect(await trials()).toMatchObject([{ state: "cancelled", settled: true }]);
  });
});

describe("a trial under way is stopped", () => {
  beforeEach(async () => {
    propose();
    await ask("/test");
    await world.work();
    await show({});
  });
  const stop = async () => stopStaleTrials(world.bot, await world.repository(), 7);
  const cancelled = () => world.trials.client.cancelled;

  test("when the head moves on", async () => {
    const next = moveOn();
    await stop();
    await world.work();
    expect(cancelled()).toEqual([sent()[0]?.run.name]);
    await show({ phase: "cancelled", reason: "Cancelled" });
    expect(await trials()).toMatchObject([
      {
        state: "cancelled",
        message: `Stopped, as the pull request moved on to ${next.slice(0, 10)}.`,
      },
    ]);
  });

  test("when the pull request is closed, also where that event was lost", async () => {
    const [pull] = world.gitHub.pulls;
    if (pull !== undefined) pull.state = "closed";
    expect(await resync(world.bot)).toEqual([]);
    await world.work();
    expect(cancelled()).toHaveLength(1);
  });

  test("and not while its commit is the head", async () => {
    await stop();
    await resync(world.bot);
    await world.work();
    expect(cancelled()).toEqual([]);
  });
});

describe("a trial that failed", () => {
  let head: string;
  beforeEach(async () => {
    ({ head } = propose());
    await ask("/test");
    await world.work();
    await show(broken);
  });
  const press = async (login: string) => {
    const id = world.gitHub.check("trial (edge)", head)?.id ?? 0;
    await rerunCheck(world.bot, await world.repository(), { checkRunId: id, login });
  };

  test("says how to try again", () => {
    expect(world.gitHub.said(7)).toContain("A maintainer tries it again with `/test edge`.");
  });

  test("is tried again by /retry and by the button, for maintainers and the head alone", async () => {
    await press("tom");
    await ask("/retry", "sam");
    expect(await trials()).toHaveLength(1);
    await press("ada");
    expect((await trials()).map(({ attempt, commit }) => [attempt, commit])).toEqual([
      [2, head],
      [1, head],
    ]);
    await world.work();
    await show(broken);
    await ask("/retry");
    expect(await trials()).toHaveLength(3);
    await world.work();
    await show(broken);
    moveOn();
    await press("ada");
    await ask("/retry");
    expect(reply()).toContain("Nothing to retry");
    await ask(`/retry ${(await trials())[0]?.name ?? ""}`);
    expect(reply()).toContain("is not the pull request's head any more");
    expect(await trials()).toHaveLength(3);
  });
});
