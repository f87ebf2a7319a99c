import { describe, expect, test } from "@jest/globals";
import { parseComment } from "../../src/commands/parse-comment.ts";
import { code, codeLink, plain } from "../../src/promotion/markdown.ts";
import type { PromotionStatus, PromotionView } from "../../src/promotion/promotion-view.ts";
import {
  renderPromotionBody,
  renderPromotionTitle,
} from "../../src/promotion/render-promotion-body.ts";
import {
  renderPromotionCheck,
  renderPromotionStatus,
} from "../../src/promotion/render-promotion-status.ts";

const view: PromotionView = {
  channel: "4-scos-next",
  channelTitle: "OKD 4 on SCOS, next",
  channelUrl: "https://streams.example/channels/4-scos-next",
  release: "4.22.0-0.okd-scos-1",
  releaseUrl: "https://streams.example/releases/4.22.0-0.okd-scos-1",
  stream: "scos-edge",
  targetName: "4.22.0-okd-scos.ec.4",
  fromName: "4.22.0-okd-scos.ec.3",
  pullSpec: "quay.io/okd/scos-release:4.22",
  digest: "sha256:1",
  commit: "c".repeat(40),
  commitUrl: "https://github.com/okd/streams/commit/c",
  runName: "scos-edge-0123456789",
  runUrl: "https://streams.example/runs/1",
  requester: "rita",
  requestUrl: "https://github.com/okd/streams/pull/1#issuecomment-2",
  verifications: [
    { name: "install", mode: "blocking", state: "succeeded", attempts: 1, maxRetries: 2 },
  ],
  approvers: ["ada", "@okd/release"],
  minimumApprovals: 2,
  soak: "24h",
};

const status: PromotionStatus = {
  state: "open",
  gates: [
    { name: "approvals", state: "waiting", why: "1 of 2 approvals." },
    { name: "hold", state: "open", why: "Nobody holds it." },
  ],
  approvals: [{ login: "ada", createdAt: "2026-11-02T12:00:00.000Z" }],
  ignored: [{ login: "rita", why: "asked for this promotion" }],
  minimumApprovals: 2,
};

describe("the pull request", () => {
  test("says what it does, on what evidence, and what to do", () => {
    const body = renderPromotionBody(view);
    for (const part of [
      view.release,
      view.targetName,
      "4.22.0-okd-scos.ec.3",
      view.pullSpec,
      view.digest,
      view.runUrl,
      "1 of at most 3",
      "24h",
      "`/approve`",
      "`/decline REASON`",
    ]) {
      expect(body).toContain(part);
    }
    expect(renderPromotionTitle(view)).toBe(
      "Promote 4.22.0-0.okd-scos-1 to 4-scos-next as 4.22.0-okd-scos.ec.4",
    );
  });

  test("an empty channel is said to be empty", () => {
    expect(renderPromotionBody({ ...view, fromName: undefined })).toContain("It is empty now.");
  });

  test("quoting it back fires nothing", () => {
    expect(parseComment(renderPromotionBody(view))).toEqual([]);
    expect(parseComment(renderPromotionStatus(status))).toEqual([]);
  });

  test("hostile values stay inside their cells", () => {
    const body = renderPromotionBody({
      ...view,
      channelTitle: "@org/all <script>",
      pullSpec: "x` | <b>\n# y",
      runUrl: "javascript:alert(1)",
    });
    expect(body).not.toMatch(/@org|<script>|javascript|\n# y/);
    expect(body).toContain("`x' ¦ <b> # y`");
  });
});

describe("the status and the check", () => {
  test("while a gate is shut, action is required and the reason is in the title", () => {
    expect(renderPromotionCheck(status)).toMatchObject({
      conclusion: "action_required",
      title: "1 of 2 approvals; waits for: approvals",
    });
    expect(renderPromotionStatus(status)).toContain(
      "rita does not count: asked for this promotion",
    );
  });

  test("an unknown gate never passes the check", () => {
    const gates = [{ name: "soak", state: "unknown", why: "?" }] as const;
    expect(renderPromotionCheck({ ...status, gates }).conclusion).toBe("action_required");
    expect(renderPromotionCheck({ ...status, gates: [] }).conclusion).toBe("action_required");
  });

  test.each([
    ["merging", "success"],
    ["merged", "success"],
    ["published", "success"],
    ["publish-failed", "success"],
    ["declined", "cancelled"],
    ["closed", "cancelled"],
  ] as const)("%s concludes %s", (state, conclusion) => {
    expect(renderPromotionCheck({ ...status, state }).conclusion).toBe(conclusion);
  });
});

test("text of others is neutral", () => {
  expect(plain("a @b #1 <i> [x](http://y)\n`c` | d")).toBe(
    "a @\u200Bb #\u200B1 &lt;i> \\[x\\](http:\u200B//y) \\`c\\` \\| d",
  );
  expect(code("a`b\nc|d")).toBe("`a'b c¦d`");
  expect(codeLink("a", "https://x/y)")).toBe("`a`");
});
