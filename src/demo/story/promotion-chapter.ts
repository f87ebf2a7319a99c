import { demoRepository } from "../demo-repository.ts";
import { botComment, checkRun, observe, page, pullRequest, type CheckRun } from "./observe.ts";
import { check, type Stage } from "./stage.ts";

const { owner, name: repo } = demoRepository;
const channel = "4-scos-next";
const promotionCheck = "okd-streams / promotion";

/** The release is promoted by comments: asked for by one, approved by two others, merged and published by the bot. */
export async function promotionChapter(stage: Stage, pull: number): Promise<void> {
  const { casey, maya, noor, omar } = stage.people;
  const promotion = await stage.step(
    `Maya writes /promote latest to ${channel}`,
    () => maya.comment(pull, `/promote latest to ${channel}`),
    async () => {
      const reply = await observe("the bot's reply", () =>
        botComment(stage, pull, "is proposed for"),
      );
      const number = Number(/in #(\d+)/.exec(reply.body ?? "")?.[1]);
      const opened = await pullRequest(stage, number);
      const files = await casey.octokit.rest.pulls.listFiles({ owner, repo, pull_number: number });
      check(
        files.data.map((file) => file.filename).join() ===
          `streams/channels/${channel}/release.yaml`,
        "the promotion edits the channel's release.yaml and nothing else",
      );
      const gate = await observe(
        "the promotion's check",
        () => checkRun(stage, opened.head.sha, promotionCheck),
        (run) => run.output.title?.startsWith("0 of 2 approvals") === true,
      );
      check(gate.conclusion === "action_required", `the check is ${gate.conclusion ?? "open"}`);
      stage.tell(`pull request #${number} by ${opened.user.login}: ${opened.title}`);
      stage.show(opened.body ?? "");
      stage.tell(`check ${promotionCheck}: ${gate.output.title ?? ""}`);
      return { number, sha: opened.head.sha };
    },
  );

  await stage.step(
    "Maya, who asked for it, and Casey, who is no approver, each write /approve",
    async () => {
      await maya.comment(promotion.number, "/approve");
      await casey.comment(promotion.number, "/approve");
    },
    async () => {
      for (const [who, reason] of [
        ["maya", "never counts from whoever asked"],
        ["casey", "is for the approvers of this channel"],
      ] as const) {
        const refusal = await observe(`${who} is refused`, () =>
          botComment(stage, promotion.number, `/approve by ${who}`),
        );
        check(refusal.body?.includes(reason) === true, `the refusal says that it ${reason}`);
        stage.show(refusal.body);
      }
      const gate = await promotionGate(stage, promotion.sha, "0 of 2 approvals");
      stage.tell(`check ${promotionCheck}: ${gate.output.title ?? ""}`);
    },
  );

  await stage.step(
    "Noor approves",
    () => noor.comment(promotion.number, "/approve"),
    async () => {
      const gate = await promotionGate(stage, promotion.sha, "1 of 2 approvals");
      stage.tell(`check ${promotionCheck}: ${gate.output.title ?? ""}`);
    },
  );

  await stage.step(
    "Omar approves: the bot merges, and the publish pipeline runs",
    () => omar.comment(promotion.number, "/approve"),
    async () => {
      const told = await observe("the pull request that asked is told", () =>
        botComment(stage, pull, "is published"),
      );
      const status = await observe("the promotion is told", () =>
        botComment(stage, promotion.number, "### Published"),
      );
      const merged = await pullRequest(stage, promotion.number);
      check(merged.merged_by?.login === "okd-streams[bot]", "the bot merged it");
      const name = /\*\*`([^`]+)`\*\*/.exec(told.body ?? "")?.[1] ?? "";
      const text = await page(stage, `/channels/${channel}`);
      check(text.includes(name), "the channel's page shows the release");
      for (const login of ["noor", "omar"])
        check(text.includes(login), `the channel's page says that ${login} approved`);
      stage.show(told.body ?? "");
      stage.show(status.body ?? "");
      stage.tell(`${channel} holds ${name}: ${stage.world.bot.url}/channels/${channel}`);
    },
  );
}

async function promotionGate(stage: Stage, sha: string, title: string): Promise<CheckRun> {
  return observe(
    title,
    () => checkRun(stage, sha, promotionCheck),
    (run) => run.output.title?.startsWith(title) === true,
  );
}
