import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import type { Login } from "../../src/demo/people.ts";
import { botComments, checkRun, observe, page, pullRequest } from "../../src/demo/story/observe.ts";
import { waitFor } from "../../src/demo/wait-for.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const { owner, name: repo } = demoRepository;

const kiosk = {
  name: "kiosk",
  title: "OKD for kiosks",
  version: "4.21",
  "operating-system": "scos",
  like: "edge",
  maintainers: "casey",
  params: "packages: okd-base kubelet crio chromium",
  description: "For screens in shops and stations.",
};

describe("a stream that somebody proposes in an issue", () => {
  let stage: OpenStage;
  let issue: number;
  let pull: number;
  beforeAll(async () => {
    stage = await openStage();
  }, minute);
  afterAll(() => stage.close(), minute);

  const octokit = () => stage.people.casey.octokit.rest;
  const post = (path: string, form: Readonly<Record<string, string>>) =>
    fetch(`${stage.world.sandbox.url}/${owner}/${repo}/${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: stage.world.sandbox.url },
      body: new URLSearchParams(form),
    });

  /** Fills in the form of the repository as a browser does; gives the number of the issue. */
  async function submit(login: Login, values: Readonly<Record<string, string>>): Promise<number> {
    const fields = Object.fromEntries(
      Object.entries(values).map(([id, value]) => [`field-${id}`, value] as const),
    );
    const answer = await post("issues/new", {
      as: login,
      template: "propose-stream.yml",
      title: "New stream: kiosk",
      ...fields,
    });
    return Number(/\/issues\/(\d+)/.exec(answer.headers.get("location") ?? "")?.[1]);
  }

  const answer = (text: string) =>
    observe("the bot's answer", async () => {
      const [comment, ...others] = await botComments(stage, issue);
      expect(others).toEqual([]);
      return comment?.body?.includes(text) === true ? comment : undefined;
    });

  async function editBody(from: string, to: string): Promise<void> {
    const at = { owner, repo, issue_number: issue };
    const { data } = await octokit().issues.get(at);
    await octokit().issues.update({ ...at, body: data.body?.replace(from, to) ?? "" });
  }

  test(
    "is answered with what is wrong, while the bot is killed in the middle",
    async () => {
      await observe("the label of the form", async () => {
        const labels = octokit().issues.getLabel({ owner, repo, name: "stream-proposal" });
        return labels.catch(() => undefined);
      });
      issue = await submit("casey", { ...kiosk, like: "egde" });
      await stage.world.bot.kill();
      await stage.world.bot.start();
      const comment = await answer("Did you mean");
      expect(comment.body).toContain("1 thing to change");
    },
    minute,
  );

  test(
    "becomes a pull request when it is edited, which is reviewed like every other",
    async () => {
      await editBody("egde", "edge");
      const comment = await answer("Your stream is proposed");
      pull = Number(/#(\d+)/.exec(comment.body ?? "")?.[1]);
      const { head, body, user } = await pullRequest(stage, pull);
      expect(user.login).toBe("okd-streams[bot]");
      expect(body).toContain(`Closes #${issue}`);
      const { data } = await octokit().repos.getCommit({ owner, repo, ref: head.sha });
      expect(data.files?.map(({ filename }) => filename)).toEqual(["streams/kiosk.yaml"]);
      expect(data.commit.message).toMatch(/\nCo-authored-by: casey <\d+\+casey@users\.noreply\./);
      const validate = await observe("the review", () =>
        checkRun(stage, head.sha, "okd-streams / validate"),
      );
      expect(validate.conclusion).toBe("success");
      const plan = await observe("the plan", () => checkRun(stage, head.sha, "okd-streams / plan"));
      expect(plan.output.title).toBe("The merge builds 1 stream");
    },
    minute,
  );

  test(
    "is followed where its name is another, also when the bot is killed between two writes",
    async () => {
      const before = stage.world.sandbox.restCalls().length;
      await editBody("### Name of the stream\n\nkiosk", "### Name of the stream\n\nbooth");
      await waitFor(
        "the commit",
        () => {
          const calls = stage.world.sandbox.restCalls().slice(before);
          const isWritten = calls.some(
            ({ method, path }) => method === "POST" && path.endsWith("/git/commits"),
          );
          return Promise.resolve(isWritten || undefined);
        },
        { timeoutMs: 20_000, everyMs: 1 },
      );
      await stage.world.bot.kill();
      await stage.world.bot.start();
      const { title } = await observe("the other name", async () => {
        const now = await pullRequest(stage, pull);
        return now.title === "Add the stream booth" ? now : undefined;
      });
      expect(title).toBe("Add the stream booth");
      const { data } = await octokit().pulls.listFiles({ owner, repo, pull_number: pull });
      expect(data.map(({ filename }) => filename)).toEqual(["streams/booth.yaml"]);
      const all = await octokit().pulls.list({ owner, repo, state: "all" });
      expect(all.data.map(({ number }) => number)).toEqual([pull]);
      expect(await botComments(stage, issue)).toHaveLength(1);
    },
    minute,
  );

  test(
    "is built when a maintainer merges it, and its issue is closed",
    async () => {
      const { head } = await pullRequest(stage, pull);
      await observe("the checks", async () => {
        const run = await checkRun(stage, head.sha, "okd-streams / promotion");
        return run?.status === "completed" ? run : undefined;
      });
      await stage.people.maya.merge(pull);
      const { data } = await octokit().issues.get({ owner, repo, issue_number: issue });
      expect(data.state).toBe("closed");
      await observe("the stream on its page", async () => {
        const text = await page(stage, "/streams/booth").catch(() => "");
        return text.includes("OKD for kiosks") ? text : undefined;
      });
    },
    minute,
  );
});
