import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import { gatewayPath, gatewayStream } from "../../src/demo/story/gateway-stream.ts";
import { checkRun, observe } from "../../src/demo/story/observe.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const { owner, name: repo } = demoRepository;
const valid = gatewayStream({ mistaken: false });
const misspelt = valid.replace("operatingSystem:", "operatingSytem:");

describe("fixes that need no thought", () => {
  let stage: OpenStage;
  beforeAll(async () => {
    stage = await openStage();
    await stage.world.sandbox.fork(owner, repo, "casey");
  }, minute);
  afterAll(() => stage.close(), minute);

  async function propose(login: "casey" | "maya", branch: string) {
    const person = stage.people[login];
    const into = login === "casey" ? `casey/${repo}` : `${owner}/${repo}`;
    const files = { [gatewayPath]: misspelt };
    const sha = await person.push({ into, branch, message: "Add a stream", files });
    const head = login === "casey" ? `casey:${branch}` : branch;
    const title = "Add a stream";
    const { data } = await person.octokit.rest.pulls.create({
      owner,
      repo,
      head,
      base: "main",
      title,
    });
    return { number: data.number, sha };
  }

  const press = (path: string, form: Readonly<Record<string, string>>) =>
    fetch(`${stage.world.sandbox.url}/${owner}/${repo}/${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: stage.world.sandbox.url },
      body: new URLSearchParams(form),
    });
  const concluded = async (sha: string) => {
    const run = await checkRun(stage, sha, "okd-streams / validate");
    return run?.status === "completed" ? run : undefined;
  };
  const headOf = async (number: number) => {
    const { data } = await stage.people.casey.octokit.rest.pulls.get({
      owner,
      repo,
      pull_number: number,
    });
    return data.head.sha;
  };
  const newHead = (number: number, before: string) =>
    observe("a new head", async () => {
      const sha = await headOf(number);
      return sha === before ? undefined : sha;
    });

  test(
    "are taken as a suggestion on a fork, and the pull request is valid then",
    async () => {
      const { number, sha } = await propose("casey", "gateway");
      const [comment] = await observe("the suggestion", async () => {
        const { octokit } = stage.people.casey;
        const { data } = await octokit.rest.pulls.listReviewComments({
          owner,
          repo,
          pull_number: number,
        });
        return data.length === 0 ? undefined : data;
      });
      expect(comment?.body).toContain("```suggestion\n  operatingSystem:");
      expect(comment).toMatchObject({ path: gatewayPath, commit_id: sha });
      await press(`pull/${number}/suggestion`, { as: "casey", comment: String(comment?.id) });
      const mended = await newHead(number, sha);
      const validate = await observe("the check of the fix", () => concluded(mended));
      expect(validate.conclusion).toBe("success");
    },
    minute,
  );

  test(
    "are committed by the button of the check on a branch of the repository",
    async () => {
      const { number, sha } = await propose("maya", "gateway-too");
      const run = await observe("the check", () => concluded(sha));
      await press(`runs/${run.id}`, { as: "maya", action: "fix", back: `/${owner}/${repo}` });
      const mended = await newHead(number, sha);
      const { data } = await stage.people.maya.octokit.rest.repos.getCommit({
        owner,
        repo,
        ref: mended,
      });
      expect(data.parents.map((parent) => parent.sha)).toEqual([sha]);
      expect(data.commit.message).toMatch(/^Fix 1 finding\n[^]*\nCo-authored-by: maya </);
      expect(data.files?.map(({ filename }) => filename)).toEqual([gatewayPath]);
      expect((await observe("the check of the fix", () => concluded(mended))).conclusion).toBe(
        "success",
      );
    },
    minute,
  );
});
