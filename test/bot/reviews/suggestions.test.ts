import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { commitFixes } from "../../../src/bot/reviews/commit-fixes.ts";
import { pullRequestHead } from "../../../src/bot/reviews/pull-request-head.ts";
import { reviewPullRequest } from "../../../src/bot/reviews/review-pull-request.ts";
import { clientFor } from "../../../src/bot/report.ts";
import { getPullRequest } from "../../../src/github/pull-requests.ts";
import {
  changed,
  edgePath,
  settings,
  settingsPath,
} from "../../fixtures/bot/streams-repository.ts";
import type { FakePull } from "../fake-github.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.sync();
});
afterEach(() => world.end());

const later = "2026-11-20T12:30:00Z";
const misspelt = changed(edgePath, "operatingSystem: scos", "operatingSytem: scos");
const right = changed(edgePath, "title: ", "title: A ");
const wrong = right.replace("operatingSystem: scos", "operatingSytem: scoss");

/** Opens a pull request that changes these files. */
function open(files: Readonly<Record<string, string>>, more: Partial<FakePull> = {}): FakePull {
  const ref = `topic-${world.gitHub.pulls.length}`;
  world.git.git("checkout", "--quiet", "-b", ref, "main");
  for (const [path, content] of Object.entries(files)) world.git.write(path, content);
  world.git.commit("Propose");
  world.git.git("checkout", "--quiet", "main");
  return world.gitHub.addPull({ ref, openedAt: later, ...more });
}

async function review(pull: FakePull): Promise<void> {
  const repository = await world.repository();
  const read = await getPullRequest(clientFor(world.bot, repository), pull.number);
  world.gitHub.calls.length = 0;
  await reviewPullRequest(world.bot, repository, pullRequestHead(repository, read));
}

const validate = (pull: FakePull) => world.gitHub.check("validate", pull.head);

describe("suggestions", () => {
  test("are one review of the head with whole lines, also on a fork", async () => {
    const pull = open({ [edgePath]: wrong }, { fork: true });
    await review(pull);
    expect(world.gitHub.reviews).toMatchObject([{ commit_id: pull.head, pull: pull.number }]);
    const [{ comments, body }] = world.gitHub.reviews as [(typeof world.gitHub.reviews)[0]];
    expect(body.split("\n")[0]).toBe(`<!-- okd-streams:suggestions:${pull.head} -->`);
    expect(comments).toHaveLength(1);
    expect(comments[0]).toMatchObject({ path: edgePath, line: 9, side: "RIGHT" });
    expect(comments[0]?.body).toContain("```suggestion\n  operatingSystem: scoss\n```");
    expect(comments[0]?.body).toContain('**Rename it to "operatingSystem".**');
    expect(validate(pull)?.actions).toEqual([]);
  });

  test("take one call, and a first review no more than 6 with them", async () => {
    const pull = open({ [edgePath]: wrong });
    await review(pull);
    expect(world.gitHub.work()).toEqual([
      "POST R/check-runs",
      "POST R/check-runs",
      "POST R/check-runs",
      `POST R/pulls/${pull.number}/reviews`,
      `GET R/issues/${pull.number}/comments`,
      `POST R/issues/${pull.number}/comments`,
    ]);
    await review(pull);
    expect(world.gitHub.work()).toEqual([]);
    expect(world.gitHub.reviews).toHaveLength(1);
  });

  test("wait for the next head where nobody remembers what the pull request was told before", async () => {
    const pull = open({ [edgePath]: wrong }, { openedAt: "2026-11-20T11:00:00Z" });
    await review(pull);
    expect(world.gitHub.work()).toHaveLength(6);
    await review(pull);
    expect(world.gitHub.reviews).toEqual([]);
    world.gitHub.onBranch(pull.ref, () => {
      world.git.write(edgePath, `${wrong}# more\n`);
      world.git.commit("Go on");
    });
    world.git.git("update-ref", `refs/pull/${pull.number}/head`, pull.ref);
    await review(pull);
    expect(world.gitHub.reviews).toHaveLength(1);
    expect(world.gitHub.work().length).toBeLessThanOrEqual(6);
  });

  test("are not written twice where the answer was lost", async () => {
    const pull = open({ [edgePath]: wrong });
    world.gitHub.faults.push({ call: /POST R\/pulls\/\d+\/reviews/, status: 502, done: true });
    await expect(review(pull)).rejects.toThrow("502");
    await review(pull);
    expect(world.gitHub.reviews).toHaveLength(1);
    expect(world.gitHub.said(pull.number)).toContain("Not ready");
  });

  test("that GitHub refuses keep nothing else from being said", async () => {
    const pull = open({ [edgePath]: wrong });
    world.gitHub.faults.push({ call: /POST R\/pulls\/\d+\/reviews/, status: 422 });
    await review(pull);
    expect(world.gitHub.said(pull.number)).toContain("Not ready");
    await review(pull);
    expect(world.gitHub.work()).toEqual([]);
  });

  test("are left out where the line is none that the pull request shows, or not the head's", async () => {
    world.push(edgePath, misspelt);
    await review(open({ [edgePath]: `${misspelt}# far below\n` }));
    expect(world.gitHub.reviews).toEqual([]);
    const pull = open({ [edgePath]: misspelt.replace("scos\n", "scoss\n") });
    world.push(edgePath, `# above\n\n\n\n\n${misspelt}`);
    await review(pull);
    expect(validate(pull)).toMatchObject({ conclusion: "failure" });
    expect(world.gitHub.reviews).toEqual([]);
  });
});

describe("the checks of a new pull request", () => {
  test("are looked for where an answer was lost, and never doubled", async () => {
    const pull = open({ [edgePath]: wrong });
    world.gitHub.faults.push({ call: /POST R\/check-runs/, status: 502, done: true });
    await expect(review(pull)).rejects.toThrow("502");
    await review(pull);
    expect(world.gitHub.work()).toContain(`GET R/commits/${pull.head}/check-runs`);
    expect(world.gitHub.checks).toHaveLength(3);
  });
});

describe("the button that commits fixes", () => {
  const press = async (pull: FakePull, change: Partial<Parameters<typeof commitFixes>[2]> = {}) => {
    await commitFixes(world.bot, await world.repository(), {
      checkRunId: validate(pull)?.id ?? 0,
      identifier: "fix",
      person: { login: "wanda", id: 77, isBot: false },
      ...change,
    });
  };
  const tip = (pull: FakePull) => world.git.git("rev-parse", `refs/heads/${pull.ref}`);
  beforeEach(() => {
    world.gitHub.roles.set("wanda", "write");
  });

  test("is there where there is something to mend, within GitHub's limits", async () => {
    const pull = open({ [edgePath]: wrong });
    await review(pull);
    const [action] = validate(pull)?.actions ?? [];
    expect(action).toEqual({
      label: "Fix it",
      description: "Commit the fix of 1 finding",
      identifier: "fix",
    });
    const plain = open({ [edgePath]: right });
    await review(plain);
    expect(validate(plain)?.actions).toEqual([]);
  });

  test("makes one commit on the head that was reviewed, and says for whom", async () => {
    const pull = open({ [edgePath]: wrong });
    await review(pull);
    const { head } = pull;
    const checkRunId = validate(pull)?.id ?? 0;
    await press(pull);
    expect(world.git.git("rev-parse", `${pull.ref}^`)).toBe(head);
    expect(`${world.git.git("show", `${pull.ref}:${edgePath}`)}\n`).toBe(right);
    expect(world.git.git("diff", "--name-only", head, pull.ref)).toBe(edgePath);
    const message = world.git.git("log", "-1", "--format=%B", pull.ref);
    expect(message.split("\n")[0]).toBe("Fix 2 findings");
    expect(message).toContain("Co-authored-by: wanda <77+wanda@users.noreply.github.test>");
    expect(world.gitHub.tokens).toContainEqual(
      expect.objectContaining({ permissions: { metadata: "read", contents: "write" } }),
    );
    await press(pull, { checkRunId });
    expect(world.git.git("rev-parse", `${pull.ref}^`)).toBe(head);
  });

  test.each([
    ["triage", false],
    ["read", false],
    ["none", false],
    ["maintain", true],
  ])("of somebody with %s permission: %s", async (role, isDone) => {
    const pull = open({ [edgePath]: wrong });
    await review(pull);
    world.gitHub.roles.set("wanda", role);
    await press(pull);
    expect(tip(pull) !== pull.head).toBe(isDone);
  });

  test("does nothing for bots, for other buttons and for checks that are not the bot's", async () => {
    const pull = open({ [edgePath]: wrong });
    await review(pull);
    await press(pull, { person: { login: "wanda", id: 77, isBot: true } });
    await press(pull, { identifier: "other" });
    await press(pull, { checkRunId: 424_242 });
    await press(pull, { checkRunId: world.gitHub.check("plan", pull.head)?.id ?? 0 });
    expect(tip(pull)).toBe(pull.head);
  });

  test("does nothing where the branch moved on, also at the last moment", async () => {
    const pull = open({ [edgePath]: wrong });
    await review(pull);
    const { head } = pull;
    const checkRunId = validate(pull)?.id ?? 0;
    world.gitHub.faults.push({ call: /PATCH R\/git\/refs/, status: 422 });
    await press(pull);
    expect(tip(pull)).toBe(head);
    world.gitHub.onBranch(pull.ref, () => world.git.commit("Go on"));
    const moved = tip(pull);
    await press(pull, { checkRunId });
    expect(tip(pull)).toBe(moved);
  });

  test("does nothing on a fork, in report mode, or once the pull request is closed", async () => {
    const fork = open({ [edgePath]: wrong }, { fork: true });
    const closed = open({ [edgePath]: wrong }, {});
    await review(fork);
    await review(closed);
    closed.state = "closed";
    await press(fork);
    await press(closed);
    expect(tip(fork)).toBe(fork.head);
    expect(tip(closed)).toBe(closed.head);
    world.push(settingsPath, settings("mode: report"));
    const reported = open({ [edgePath]: wrong });
    await review(reported);
    expect(validate(reported)?.actions).toEqual([]);
    await press(reported);
    expect(tip(reported)).toBe(reported.head);
  });

  test("leaves settings and what promotions write alone", async () => {
    const pull = open({
      [settingsPath]: settings("mode: reprot"),
      "streams/channels/next/release.yaml":
        "apiVersion: streams.okd.io/v1alpha1\nkind: ChanelRelease\n",
    });
    await review(pull);
    expect(validate(pull)).toMatchObject({ conclusion: "failure", actions: [] });
    await press(pull);
    expect(tip(pull)).toBe(pull.head);
  });
});
