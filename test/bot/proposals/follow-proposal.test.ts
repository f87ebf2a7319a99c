import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { followEndOfProposal } from "../../../src/bot/proposals/follow-end-of-proposal.ts";
import { followProposal } from "../../../src/bot/proposals/follow-proposal.ts";
import { resync } from "../../../src/bot/resync.ts";
import { composeBody } from "../../../src/sandbox/forms/compose-body.ts";
import { parseIssueForm } from "../../../src/sandbox/forms/issue-form.ts";
import { proposalFormPath, proposalLabel } from "../../../src/streams/proposals/proposal-fields.ts";
import { proposalForm } from "../../../src/streams/proposals/proposal-form.ts";
import { edgePath, files, settings, settingsPath } from "../../fixtures/bot/streams-repository.ts";
import type { FakeIssue } from "../fake-github.ts";
import { createWorld, type World } from "../world.ts";

const formText = proposalForm(["tekton/pipelines/build.yaml"]);
const form = parseIssueForm(formText)!;
const path = "streams/kiosk.yaml";

let world: World;
beforeEach(async () => {
  world = await createWorld({ ...files, [proposalFormPath]: formText });
  await world.sync();
});
afterEach(() => world.end());

const bodyOf = (changes: Readonly<Record<string, string>> = {}): string =>
  composeBody(form, {
    name: "kiosk",
    title: "OKD for kiosks",
    version: "4.21",
    "operating-system": "scos",
    like: "edge",
    ...changes,
  });

function submit(changes: Readonly<Record<string, string>> = {}, issue: Partial<FakeIssue> = {}) {
  const made: FakeIssue = {
    number: 40 + world.gitHub.issues.length,
    login: "casey",
    body: bodyOf(changes),
    state: "open",
    labels: [proposalLabel],
    ...issue,
  };
  world.gitHub.issues.push(made);
  return made;
}

async function follow({ number }: FakeIssue): Promise<void> {
  await followProposal(world.bot, await world.repository(), number);
}

async function propose(
  changes: Readonly<Record<string, string>> = {},
  issue: Partial<FakeIssue> = {},
): Promise<FakeIssue> {
  const made = submit(changes, issue);
  await follow(made);
  return made;
}

const branchOf = ({ number }: FakeIssue): string => `okd-streams/propose-${number}`;
const show = (revision: string): string => world.git.git("show", revision);
const filesOf = (branch: string): string =>
  world.git.git("diff", "--name-status", `main...${branch}`);
const commitsOf = (branch: string): number =>
  Number(world.git.git("rev-list", "--count", `main..${branch}`));
const writes = () =>
  world.gitHub.work().filter((call) => !call.startsWith("GET ") && !call.includes("/comments"));

describe("a proposal that is right", () => {
  test("becomes one commit of one file, credited, and a pull request that closes the issue", async () => {
    const issue = await propose({ description: "For shops.", params: "branch: release-4.21" });
    const branch = branchOf(issue);
    expect(filesOf(branch)).toBe(`A\t${path}`);
    expect(commitsOf(branch)).toBe(1);
    expect(show(`${branch}:${path}`)).toContain("branch: release-4.21");
    expect(world.git.git("log", "-1", "--format=%B", branch).trim()).toBe(
      "Add the stream kiosk\n\nProposed in #40.\n\nCo-authored-by: casey <5+casey@users.noreply.github.test>",
    );
    const [pull] = world.gitHub.pulls;
    expect(pull).toMatchObject({ ref: branch, title: "Add the stream kiosk", state: "open" });
    expect(pull?.body).toMatch(/^@casey proposes this stream in #40\.[^]*\n\nCloses #40$/);
    expect(world.gitHub.said(40)).toContain(`### ✅ Your stream is proposed: #${pull?.number}`);
  });

  test("is written once, however often its events come", async () => {
    const issue = await propose();
    const before = world.gitHub.work().length;
    await Promise.all([follow(issue), follow(issue), follow(issue)]);
    expect(
      world.gitHub
        .work()
        .slice(before)
        .filter((call) => !call.startsWith("GET ")),
    ).toEqual([]);
    expect([world.gitHub.pulls.length, commitsOf(branchOf(issue))]).toEqual([1, 1]);
  });

  test("is followed when the issue is edited: the same pull request, with the other file", async () => {
    const issue = await propose();
    issue.body = bodyOf({ name: "booth", title: "OKD for booths" });
    await follow(issue);
    expect(filesOf(branchOf(issue))).toBe("A\tstreams/booth.yaml");
    expect(world.gitHub.pulls).toMatchObject([{ title: "Add the stream booth" }]);
    expect(world.gitHub.comments).toHaveLength(1);
  });

  test("keeps the title that somebody gave its pull request", async () => {
    const issue = await propose();
    world.gitHub.pulls[0]!.title = "Kiosks, at last";
    issue.body = bodyOf({ name: "booth" });
    await follow(issue);
    expect(world.gitHub.pulls[0]?.title).toBe("Kiosks, at last");
  });

  test("stays as it is where the default branch changes below it", async () => {
    const issue = await propose();
    world.push(edgePath, files[edgePath]!.replace("edge stream", "The edge"));
    const before = writes();
    await follow(issue);
    expect(writes()).toEqual(before);
  });

  test("writes with tokens that open no more than that", async () => {
    await propose();
    const scopes = world.gitHub.tokens.map((token) => JSON.stringify(token));
    expect(scopes.every((scope) => scope.includes('"repository_ids"'))).toBe(true);
  });
});

describe("a proposal that is wrong", () => {
  test.each([
    ["a name that is taken", { name: "edge" }, 'There is a stream "edge" already'],
    ["a path for a name", { name: "../../x" }, "no name of a stream"],
    ["a stream that is not there", { like: "egde" }, 'Did you mean "edge"?'],
    ["a version that is none", { version: "four" }, "**Version of OKD**: "],
    ["a title that is longer than any", { title: "x".repeat(300) }, "spec.title"],
    ["a param that the pipeline lacks", { params: "brunch: x" }, "param-unknown"],
    ["params that are none", { params: "x" }, "Write NAME: VALUE"],
    ["a maintainer that is no login", { maintainers: "a..b" }, "GitHub login"],
  ])("gets one comment and no pull request: %s", async (_name, changes, said) => {
    const issue = await propose(changes);
    expect(world.gitHub.said(issue.number).replaceAll("\\", "")).toContain(said);
    expect(world.gitHub.said(issue.number)).toContain("edit the text of this issue");
    expect(writes()).toEqual([]);
  });

  test("names a pipeline that is not there, which the form does not offer", async () => {
    const issue = submit();
    issue.body = issue.body.replace(
      "### Pipeline\n\n_No response_",
      "### Pipeline\n\ntekton/x.yaml",
    );
    await follow(issue);
    expect(world.gitHub.said(issue.number)).toContain("**Pipeline**: There is no valid pipeline");
  });

  test("becomes one when it is edited, in the same comment", async () => {
    const issue = await propose({ name: "edge" });
    expect(world.gitHub.said(issue.number)).toContain("1 thing to change");
    issue.body = bodyOf();
    await follow(issue);
    expect(world.gitHub.comments).toHaveLength(1);
    expect(world.gitHub.said(issue.number)).toContain("✅");
    expect(world.gitHub.pulls).toHaveLength(1);
  });

  test("leaves the pull request as it was, and says so", async () => {
    const issue = await propose();
    const head = world.git.git("rev-parse", branchOf(issue));
    issue.body = bodyOf({ version: "four" });
    await follow(issue);
    expect(world.git.git("rev-parse", branchOf(issue))).toBe(head);
    expect(world.gitHub.said(issue.number)).toContain("#7 stays as it is until then.");
  });

  test("mentions nobody and opens nothing with what it quotes", async () => {
    const issue = await propose({ name: "@maya <img> [x](http://evil.test)", title: "x" });
    const said = world.gitHub.said(issue.number);
    expect(said).not.toMatch(/@maya|<img|\]\(http:\/\/evil/);
  });
});

describe("what is left alone", () => {
  test.each([
    ["an issue without the label", {}, { labels: [] }],
    ["an issue that is closed", {}, { state: "closed" as const }],
    ["a bot's issue", {}, { login: "other[bot]" }],
    ["an issue about something else", {}, { body: "It does not work." }],
  ])("%s", async (_name, changes, issue) => {
    await propose(changes, issue);
    expect(world.gitHub.work().filter((call) => !call.startsWith("GET "))).toEqual([]);
  });

  test("an issue that is gone", async () => {
    await followProposal(world.bot, await world.repository(), 99);
    expect(world.gitHub.comments).toEqual([]);
  });

  test("a branch that somebody else committed to", async () => {
    const issue = await propose();
    world.gitHub.onBranch(branchOf(issue), () => world.push(path, "mine\n"));
    const head = world.git.git("rev-parse", branchOf(issue));
    issue.body = bodyOf({ title: "Other" });
    await follow(issue);
    await follow(issue);
    expect(world.git.git("rev-parse", branchOf(issue))).toBe(head);
    expect(world.gitHub.said(issue.number)).toContain("#7 is in others' hands now");
  });

  test("a branch that somebody commits to at the same moment", async () => {
    const issue = await propose();
    const branch = branchOf(issue);
    issue.body = bodyOf({ title: "Other" });
    world.gitHub.faults.push({
      call: /^PATCH R\/git\/refs/,
      status: 422,
      message: "Update is not a fast forward",
    });
    await expect(follow(issue)).rejects.toThrow("The branch has moved on.");
    world.gitHub.onBranch(branch, () => world.push(path, "mine\n"));
    const head = world.git.git("rev-parse", branch);
    await follow(issue);
    expect(world.git.git("rev-parse", branch)).toBe(head);
    expect(world.gitHub.said(issue.number)).toContain("in others' hands");
  });

  test("a branch of that name that the bot did not make", async () => {
    world.git.git("branch", "okd-streams/propose-40", "main");
    const issue = await propose();
    expect(world.gitHub.pulls).toEqual([]);
    expect(world.gitHub.said(issue.number)).toContain("knows nothing of");
  });

  test("a pull request that was merged", async () => {
    const issue = await propose();
    world.gitHub.mergePull(world.gitHub.pulls[0]!, "Merge");
    const before = world.gitHub.said(issue.number);
    issue.body = bodyOf({ name: "booth" });
    await follow(issue);
    expect(world.gitHub.said(issue.number)).toBe(before);
    expect(world.gitHub.pulls).toHaveLength(1);
  });

  test("a pull request that was closed, and the issue says so", async () => {
    const issue = await propose();
    world.gitHub.pulls[0]!.state = "closed";
    issue.body = bodyOf({ name: "booth" });
    await follow(issue);
    expect(world.gitHub.said(issue.number)).toContain("#7 was closed without a merge");
    expect(world.gitHub.pulls).toHaveLength(1);
  });
});

describe("a repository's settings", () => {
  test("in report mode get the file told, and no branch", async () => {
    world.push(settingsPath, settings("mode: report"));
    const issue = await propose();
    expect(writes()).toEqual([]);
    expect(world.gitHub.said(issue.number)).toContain("report mode");
    expect(world.gitHub.said(issue.number)).toContain("```yaml\n");
    world.push(settingsPath, settings("mode: active"));
    await follow(issue);
    expect(world.gitHub.pulls).toHaveLength(1);
  });

  test("under a pause let proposals through, which build nothing", async () => {
    world.push(settingsPath, settings("pause: true"));
    await propose();
    expect(world.gitHub.pulls).toHaveLength(1);
  });
});

describe("one person", () => {
  test("has three open at most, and the next comes when one ends", async () => {
    for (const name of ["a", "b", "c"]) await propose({ name });
    const fourth = await propose({ name: "d" });
    expect(world.gitHub.pulls).toHaveLength(3);
    expect(world.gitHub.said(fourth.number)).toContain("you have #7, #8, #9");
    await propose({ name: "e" }, { login: "nora" });
    expect(world.gitHub.pulls).toHaveLength(4);
    world.gitHub.issues[0]!.state = "closed";
    world.gitHub.mergePull(world.gitHub.pulls[0]!, "Merge");
    await followEndOfProposal(world.bot, await world.repository(), 7);
    expect(world.gitHub.pulls.map(({ ref }) => ref)).toContain(branchOf(fourth));
  }, 30_000);
});

describe("an answer that is lost", () => {
  const calls = [
    ["the tree", /^POST R\/git\/trees/],
    ["the commit", /^POST R\/git\/commits/],
    ["the branch", /^POST R\/git\/refs/],
    ["the pull request", /^POST R\/pulls/],
    ["the comment", /^POST R\/issues\/40\/comments/],
  ] as const;

  test.each(
    calls.flatMap(([what, call]) => [[what, call, true] as const, [what, call, false] as const]),
  )("doubles nothing: %s (%s, done: %s)", async (_what, call, done) => {
    world.gitHub.faults.push({ call, status: 502, done });
    const issue = submit();
    await expect(follow(issue)).rejects.toThrow("502");
    await follow(issue);
    expect([world.gitHub.pulls.length, commitsOf(branchOf(issue))]).toEqual([1, 1]);
    expect(world.gitHub.comments).toHaveLength(1);
    expect(world.gitHub.said(40)).toContain("✅");
  });

  test.each([true, false])("doubles no commit of an edit (done: %s)", async (done) => {
    const issue = await propose();
    issue.body = bodyOf({ name: "booth" });
    world.gitHub.faults.push({ call: /^PATCH R\/git\/refs/, status: 502, done });
    await expect(follow(issue)).rejects.toThrow("502");
    issue.body = bodyOf({ name: "stand" });
    await follow(issue);
    expect(filesOf(branchOf(issue))).toBe("A\tstreams/stand.yaml");
    expect(commitsOf(branchOf(issue))).toBe(done ? 3 : 2);
    expect(world.gitHub.said(40)).toContain("✅");
  });
});

describe("a comparison", () => {
  test("makes the label that the form gives, once, and finds what no event told", async () => {
    const issue = submit();
    await world.repository();
    expect(await resync(world.bot)).toEqual([]);
    await resync(world.bot);
    expect(world.gitHub.labels).toEqual([proposalLabel]);
    expect(world.gitHub.work().filter((call) => call.includes("/labels"))).toEqual([
      `GET R/labels/${proposalLabel}`,
      "POST R/labels",
    ]);
    expect(world.gitHub.pulls).toMatchObject([{ ref: branchOf(issue) }]);
  });
});
