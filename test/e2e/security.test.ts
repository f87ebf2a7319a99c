import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import { packageRoot } from "../../src/package-root.ts";
import type { Login } from "../../src/demo/people.ts";
import {
  botComment,
  botComments,
  checkRun,
  observe,
  page,
  pullRequest,
} from "../../src/demo/story/observe.ts";
import { pipelineRuns } from "../../src/demo/story/pipeline-runs.ts";
import { countDeliveries } from "../../src/store/deliveries.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";
import { pushTree } from "./support/push-tree.ts";
import { recordGit } from "./support/record-git.ts";

const minute = 60_000;
const { owner, name: repo } = demoRepository;
const channel = "4-scos-next";
const promotionCheck = "okd-streams / promotion";

describe("somebody who wants more than they may have", () => {
  const git = recordGit();
  let stage: OpenStage;
  let pull = 0;
  beforeAll(async () => {
    stage = await openStage();
    const sha = await pushTree(stage.world, "maya", {
      into: `${owner}/${repo}`,
      branch: "talk",
      entries: [{ path: "README.md", content: "# Streams\n" }],
    });
    const { data } = await stage.people.maya.octokit.rest.pulls.create({
      ...{ owner, repo, head: "talk", base: "main", title: "Say less" },
    });
    pull = data.number;
    await observe("the review", () => checkRun(stage, sha, promotionCheck));
  }, minute);
  afterAll(async () => {
    git.stop();
    await stage.close();
  }, minute);

  describe("at the webhook", () => {
    const webhook = (body: string, secret: string, headers: Record<string, string> = {}) =>
      fetch(`${stage.world.bot.url}/api/github/webhooks`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-github-delivery": randomUUID(),
          "x-github-event": "issue_comment",
          "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
          ...headers,
        },
        body,
      });

    async function stored(): Promise<number> {
      const store = await openStore(`file:${join(stage.world.directory, "bot", "okd-streams.db")}`);
      const counts = await countDeliveries(store.db);
      await store.close();
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    }

    test("a wrong signature, an empty one and none are refused, and nothing is stored", async () => {
      await stage.world.sandbox.settled();
      const before = await stored();
      expect(before).toBeGreaterThan(0);
      const answers = await Promise.all([
        webhook("{}", "guessed"),
        webhook("{}", "", { "x-hub-signature-256": "sha256=" }),
        webhook("{}", "", { "x-hub-signature-256": "" }),
      ]);
      for (const { status } of answers) expect([400, 401]).toContain(status);
      const [delivery] = stage.world.sandbox.deliveries();
      expect(await stage.world.sandbox.sendForged(delivery?.id ?? 0)).toBe(401);
      expect(await stored()).toBe(before);
    });

    test("more than GitHub sends is refused before its signature is looked at", async () => {
      const answer = await webhook("x".repeat(26 * 1024 * 1024), "guessed").catch(() => undefined);
      expect(answer?.status ?? 413).toBe(413);
      expect((await fetch(`${stage.world.bot.url}/readyz`)).status).toBe(200);
    });

    test.each([{}, { WEBHOOK_SECRET: "" }, { WEBHOOK_SECRET: "short" }])(
      "the bot does not start with %j for its secret, and names the variable",
      async (secret) => {
        const command = join(packageRoot, "lib", "cli", "main.js");
        const config = join(stage.world.directory, "bot.server.yaml");
        const child = spawn(process.execPath, [command, "serve", "--config", config], {
          env: {
            PATH: process.env["PATH"] ?? "",
            APP_ID: "1",
            PRIVATE_KEY: stage.world.sandbox.app.privateKey,
            LISTENER_SECRET: "for-the-listener-0123456789",
            PORT: "0",
            ...secret,
          },
          stdio: ["ignore", "ignore", "pipe"],
        });
        const [complaint] = await Promise.all([text(child.stderr), once(child, "close")]);
        expect(child.exitCode).not.toBe(0);
        expect(complaint).toContain("WEBHOOK_SECRET");
      },
    );
  });

  describe("by comment", () => {
    test.each([
      ["/build edge", "build"],
      ["/retry", "retry"],
      ["/cancel", "cancel"],
      [`/promote latest to ${channel}`, "promote"],
    ])("a reader's %s is refused with the reason", async (words, verb) => {
      const before = (await pipelineRuns(stage)).length;
      const id = await stage.people.casey.comment(pull, words);
      const answer = await observe("the refusal", () => botComment(stage, pull, `reply:${id} `));
      expect(answer.body).toMatch(new RegExp(`/${verb}|no run|nothing`, "i"));
      expect(answer.body).not.toContain("is proposed");
      expect(await pipelineRuns(stage)).toHaveLength(before);
    });

    test("a bot's commands are not even looked at", async () => {
      const { app, apiUrl } = stage.world.sandbox;
      const bot = new Octokit({
        baseUrl: apiUrl,
        authStrategy: createAppAuth,
        auth: { appId: app.id, privateKey: app.privateKey, installationId: app.installationId },
      });
      const body = `/build edge\n\n/promote latest to ${channel}`;
      const own = await bot.rest.issues.createComment({ owner, repo, issue_number: pull, body });
      // Comments of one pull request are answered in their order, so after this answer the bot's would be there too.
      const id = await stage.people.maya.comment(pull, "/help");
      await observe("the help", () => botComment(stage, pull, `reply:${id} `));
      expect(await botComment(stage, pull, `reply:${own.data.id} `)).toBeUndefined();
      expect(await pipelineRuns(stage)).toHaveLength(0);
      await bot.rest.issues.deleteComment({ owner, repo, comment_id: own.data.id });
    });
  });

  describe("at Tekton", () => {
    test("a forged event for the listener starts nothing", async () => {
      const body = JSON.stringify({ run: { id: "x".repeat(64), name: "forged" }, stream: "edge" });
      await fetch(stage.world.cluster.listenerUrl, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-github-event": "okd-streams-run",
          "x-hub-signature-256": `sha256=${createHmac("sha256", "guessed").update(body).digest("hex")}`,
        },
        body,
      });
      await observe("the listener looked at it", () => {
        const log = readFileSync(join(stage.world.directory, "tekton", "listener.log"), "utf8");
        return Promise.resolve(log.includes("X-Hub-Signature-256") ? true : undefined);
      });
      expect(await pipelineRuns(stage)).toHaveLength(0);
    });

    test(
      "a forged CloudEvent turns nothing green",
      async () => {
        const lock = join(stage.world.registry, "READ-ONLY");
        mkdirSync(stage.world.registry, { recursive: true });
        writeFileSync(lock, "for this test\n");
        await stage.people.maya.comment(pull, "/build hpc");
        await observe("the build failed", () => botComment(stage, pull, "maya: failed"));
        rmSync(lock);
        const [run] = await pipelineRuns(stage, "hpc");
        const name = run?.metadata.name ?? "";
        expect(name).toContain("hpc");
        const succeeded = { type: "Succeeded", status: "True", reason: "Succeeded" };
        const results = [{ name: "image-digest", value: `sha256:${"0".repeat(64)}` }];
        const answer = await fetch(`${stage.world.bot.url}/api/cloudevents`, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            "ce-specversion": "1.0",
            "ce-id": randomUUID(),
            "ce-source": "/apis/tekton.dev/v1/namespaces/okd-streams/pipelineruns/x",
            "ce-type": "dev.tekton.event.pipelinerun.successful.v1",
          },
          body: JSON.stringify({
            pipelineRun: { metadata: { name }, status: { conditions: [succeeded], results } },
          }),
        });
        expect(answer.status).toBe(202);
        // Whatever the event woke is done before what comes after it.
        const id = await stage.people.maya.comment(pull, "/status hpc");
        await observe("the status", () => botComment(stage, pull, `reply:${id} `));
        expect(await page(stage, "/streams/hpc")).not.toContain("0".repeat(64));
        expect((await botComment(stage, pull, "maya: failed"))?.body).not.toContain("Accepted");
      },
      2 * minute,
    );
  });

  describe("at a promotion", () => {
    let promotion = 0;

    test(
      "a branch that somebody made under its name brings nothing into the channel",
      async () => {
        await stage.people.maya.comment(pull, "/build edge");
        const built = await observe("a release", async () =>
          (await botComments(stage, pull)).find(({ body }) => body?.includes("(Accepted)")),
        );
        expect(built.body).toContain("edge");
        for (const number of [0, 1]) {
          await pushTree(stage.world, "noor", {
            into: `${owner}/${repo}`,
            branch: `okd-streams/promote-${channel}-4.21.0-okd-scos.ec.${number}`,
            entries: [{ path: "streams/edge.yaml", content: "# mine\n" }],
          });
        }
        promotion = await promote();
        const opened = await pullRequest(stage, promotion);
        await approve("noor", "omar");
        const gate = await observe(
          "the gate",
          () => checkRun(stage, opened.head.sha, promotionCheck),
          ({ output }) => output.title?.startsWith("2 of 2") === true,
        );
        expect(gate.output.summary).toContain("pointer alone");
        expect(gate.conclusion).toBe("action_required");
        await stage.people.maya.comment(promotion, "/decline somebody was here before");
        await observe(
          "it is closed",
          () => pullRequest(stage, promotion),
          ({ state }) => state === "closed",
        );
      },
      2 * minute,
    );

    test(
      "a maintainer cannot merge it by hand before its gates are open",
      async () => {
        promotion = await promote();
        await gate("0 of 2 approvals");
        await expect(stage.people.maya.merge(promotion)).rejects.toMatchObject({ status: 405 });
      },
      2 * minute,
    );

    test(
      "an approval counts no longer once its comment was edited or deleted",
      async () => {
        const { noor, omar } = stage.people;
        const first = await noor.comment(promotion, "/approve");
        await gate("1 of 2 approvals");
        await laterThan(first);
        await noor.octokit.rest.issues.updateComment({
          owner,
          repo,
          comment_id: first,
          body: "no",
        });
        const second = await omar.comment(promotion, "/approve");
        await gate("1 of 2 approvals", "omar");
        const third = await noor.comment(promotion, "/approve");
        await noor.octokit.rest.issues.deleteComment({ owner, repo, comment_id: third });
        await omar.octokit.rest.issues.deleteComment({ owner, repo, comment_id: second });
        await stage.people.maya.comment(promotion, "/hold for a moment");
        await gate("0 of 2 approvals");
        await stage.people.maya.comment(promotion, "/unhold");
        expect((await pullRequest(stage, promotion)).merged).toBe(false);
      },
      2 * minute,
    );

    test(
      "a change of the channel's policy makes approvals count no longer",
      async () => {
        await approve("noor");
        await gate("1 of 2 approvals", "noor");
        const path = `streams/channels/${channel}/channel.yaml`;
        const policy = readFileSync(join(packageRoot, path), "utf8");
        await pushTree(stage.world, "maya", {
          into: `${owner}/${repo}`,
          branch: "main",
          entries: [
            { path, content: policy.replace("minimum: 2", "minimum: 2\n      required: [noor]") },
          ],
        });
        const check = await gate("0 of 2 approvals");
        expect(check.output.summary).toContain("approved something else");
      },
      2 * minute,
    );

    test(
      "a foreign commit on its branch closes it, whoever approves",
      async () => {
        const { head } = await pullRequest(stage, promotion);
        const sha = await pushTree(stage.world, "omar", {
          into: `${owner}/${repo}`,
          branch: head.ref,
          parent: head.sha,
          entries: [{ path: "README.md", content: "# Mine\n" }],
        });
        await approve("noor", "omar");
        const check = await observe(
          "the gate",
          () => checkRun(stage, sha, promotionCheck),
          ({ output }) => output.title?.startsWith("2 of 2 approvals; waits for") === true,
        );
        expect(check.conclusion).toBe("action_required");
        expect((await pullRequest(stage, promotion)).merged).toBe(false);
        await expect(stage.people.maya.merge(promotion)).rejects.toMatchObject({ status: 405 });
      },
      2 * minute,
    );

    async function promote(): Promise<number> {
      const id = await stage.people.maya.comment(pull, `/promote latest to ${channel}`);
      const reply = await observe(
        "the promotion",
        () => botComment(stage, pull, `reply:${id} `),
        ({ body }) => body?.includes("is proposed") === true,
      );
      return Number(/in #(\d+)/.exec(reply.body ?? "")?.[1]);
    }

    async function approve(...logins: readonly Login[]): Promise<void> {
      for (const login of logins) await stage.people[login].comment(promotion, "/approve");
    }

    async function gate(title: string, text = "") {
      const { head } = await pullRequest(stage, promotion);
      return observe(
        title,
        () => checkRun(stage, head.sha, promotionCheck),
        ({ output }) =>
          output.title?.startsWith(title) === true && output.summary?.includes(text) === true,
      );
    }

    /** GitHub's times count seconds, so an edit shows in the next one only. */
    async function laterThan(comment: number): Promise<void> {
      const { octokit } = stage.people.casey;
      const { data } = await octokit.rest.issues.getComment({ owner, repo, comment_id: comment });
      await observe("the next second", () =>
        Promise.resolve(Date.now() > Date.parse(data.created_at) + 1000 ? true : undefined),
      );
    }
  });

  test("no token or secret came into a log, a comment, a page or a list of processes", async () => {
    const { directory, sandbox } = stage.world;
    const log = readFileSync(join(directory, "bot.log"), "utf8");
    const comments = await Promise.all(
      [pull, pull + 1, pull + 2].map((n) => botComments(stage, n)),
    );
    const pages = await Promise.all(["/", "/streams", "/streams/hpc"].map((at) => page(stage, at)));
    const processes = git.commandLines();
    expect(log).toContain("okd-streams is ready");
    expect(processes.some((line) => line.includes("fetch"))).toBe(true);
    const secrets = [
      "ghs_",
      "PRIVATE KEY",
      Buffer.from("x-access-token:").toString("base64").slice(0, 18),
      "only-for-this-machine",
      "and-this-one-too",
      sandbox.tokenFor("maya"),
    ];
    for (const shown of [log, JSON.stringify(comments), ...pages, processes.join("\n")])
      for (const secret of secrets) expect(shown).not.toContain(secret);
  });
});
