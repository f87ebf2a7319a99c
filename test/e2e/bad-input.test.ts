import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { marked } from "marked";
import { demoRepository } from "../../src/demo/demo-repository.ts";
import type { Login } from "../../src/demo/people.ts";
import { gatewayStream } from "../../src/demo/story/gateway-stream.ts";
import { botComments, checkRun, observe, type CheckRun } from "../../src/demo/story/observe.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";
import { pushTree, type TreeEntry } from "./support/push-tree.ts";

const minute = 60_000;
const notOfReview = /access_tokens|\/installation\/repositories|\/pulls$/;
const { owner, name: repo } = demoRepository;
const valid = gatewayStream({ mistaken: false });
const settings = ".github/okd-streams.yml";

describe("pull requests that bring what nobody should", () => {
  let stage: OpenStage;
  beforeAll(async () => {
    stage = await openStage();
    await stage.world.sandbox.fork(owner, repo, "casey");
  }, minute);
  afterAll(() => stage.close(), minute);

  let branches = 0;

  /** Opens a pull request with this content and waits until all that is said about it is said. */
  async function propose(entries: readonly TreeEntry[], from: Login = "casey", parent?: string) {
    branches += 1;
    const branch = `odd-${branches}`;
    const into = from === "casey" ? `casey/${repo}` : `${owner}/${repo}`;
    const change = { into, branch, entries, ...(parent === undefined ? {} : { parent }) };
    const sha = await pushTree(stage.world, from, change);
    const { octokit } = stage.people[from];
    const head = from === "casey" ? `casey:${branch}` : branch;
    const { data } = await octokit.rest.pulls.create({
      owner,
      repo,
      head,
      base: "main",
      title: branch,
    });
    return look(data.number, sha);
  }

  async function look(number: number, sha: string) {
    const [validate, plan, promotion] = await Promise.all(
      ["validate", "plan", "promotion"].map((check) => concluded(sha, `okd-streams / ${check}`)),
    );
    if (validate === undefined || plan === undefined || promotion === undefined)
      throw new Error("a check did not conclude");
    const comments = await observe("the review comment", async () => {
      const found = await botComments(stage, number);
      return found.some(({ body }) => body?.includes(sha.slice(0, 10)) === true)
        ? found
        : undefined;
    });
    const { octokit } = stage.people.casey;
    const annotations = await octokit.paginate(octokit.rest.checks.listAnnotations, {
      owner,
      repo,
      check_run_id: validate.id,
      per_page: 100,
    });
    const findings = annotations.map(
      ({ path, start_line, title }) => `${path}:${start_line} ${title ?? ""}`,
    );
    const comment = comments.map(({ body }) => body ?? "").join("\n\n");
    const checks = [validate, plan, promotion].map(({ output }) => output.summary ?? "");
    return {
      number,
      sha,
      validate,
      plan,
      promotion,
      findings,
      comment,
      texts: [comment, ...checks],
    };
  }

  function concluded(sha: string, name: string): Promise<CheckRun> {
    return observe(
      name,
      () => checkRun(stage, sha, name),
      ({ status }) => status === "completed",
    );
  }

  async function expectHealthy(): Promise<void> {
    const answer = await fetch(`${stage.world.bot.url}/readyz`);
    expect(answer.status).toBe(200);
  }

  const deep = 30_000;
  test.each<[string, readonly TreeEntry[], string]>([
    [
      "text that is no YAML",
      [{ path: "streams/a.yaml", content: "kind: Stream\n  spec: [\n" }],
      "streams/a.yaml:1 yaml-syntax",
    ],
    ["a YAML bomb", [{ path: "streams/a.yaml", content: bomb() }], "streams/a.yaml:2 yaml-syntax"],
    [
      "5 MB",
      [{ path: "streams/a.yaml", content: "# 0123456789\n".repeat(400_000) }],
      "streams/a.yaml:1 file-too-large",
    ],
    [
      "a link to a secret file",
      [{ path: "streams/a.yaml", content: "/etc/passwd", mode: "120000" }],
      "streams/a.yaml:1 file-symlink",
    ],
    [
      "a link out of the repository",
      [{ path: "streams/a.yaml", content: "../..", mode: "120000" }],
      "streams/a.yaml:1 file-symlink",
    ],
    [
      "a submodule",
      [{ path: "streams/a.yaml", content: "1".repeat(40), mode: "160000" }],
      "streams/a.yaml:1 file-symlink",
    ],
    [
      "a folder that is a submodule",
      [{ path: "tekton/sub", content: "1".repeat(40), mode: "160000" }],
      "tekton/sub:1 file-symlink",
    ],
    [
      "binary content",
      [{ path: "streams/a.yaml", content: new Uint8Array([0, 255, 1, 254, 10]) }],
      "streams/a.yaml:1 file-binary",
    ],
    [
      "lists in lists in lists",
      [{ path: "streams/a.yaml", content: "[".repeat(deep) + "]".repeat(deep) }],
      "streams/a.yaml:1 yaml-syntax",
    ],
    [
      "maps in maps in maps",
      [{ path: "streams/a.yaml", content: "{a: ".repeat(deep) + "}".repeat(deep) }],
      "streams/a.yaml:1 yaml-syntax",
    ],
    [
      "dashes after dashes",
      [{ path: "streams/a.yaml", content: `${"- ".repeat(deep)}x` }],
      "streams/a.yaml:1 yaml-syntax",
    ],
    ["an empty file", [{ path: "streams/a.yaml", content: "" }], "streams/a.yaml:1 yaml-syntax"],
    [
      "a name with spaces",
      [{ path: "streams/my stream.yaml", content: valid }],
      "streams/my stream.yaml:1 file-path",
    ],
    ["a name of dots", [{ path: "streams/...", content: valid }], "streams/...:1 file-misplaced"],
    [
      "a name with a line feed",
      [{ path: "streams/a\nb.yaml", content: valid }],
      "streams/a\nb.yaml:1 file-path",
    ],
    [
      "a name with quotes",
      [{ path: "streams/\"a'b.yaml", content: valid }],
      "streams/\"a'b.yaml:1 file-path",
    ],
    [
      "a name beyond ASCII",
      [{ path: "streams/ünï\u202e.yaml", content: valid }],
      "streams/ünï\u202e.yaml:1 file-path",
    ],
    [
      "a name that is no UTF-8",
      [{ path: Buffer.from("streams/\xff\xfe.yaml", "latin1"), content: valid }],
      "streams/\ufffd\ufffd.yaml:1 file-path",
    ],
    [
      "a name that looks like an option",
      [{ path: "streams/--upload-pack=x.yaml", content: valid }],
      "streams/--upload-pack=x.yaml:1 file-path",
    ],
  ])(
    "%s is a finding at its place",
    async (_what, entries, finding) => {
      const review = await propose(entries);
      expect(review.validate.conclusion).toBe("failure");
      expect(review.findings).toContain(finding);
      expect(review.plan.conclusion).toBe("neutral");
      await expectHealthy();
    },
    minute,
  );

  test.each([
    "streams/x)[free](https:evil.example.yaml",
    "streams/x)@maya.yaml",
    "streams/a\r\r<img src=x>@maya.yaml",
    "streams/a`<img src=x>`@maya.yaml",
    "streams/a?b#c%41.yaml",
    "streams/channels/`<h1>@maya`\r\r<h1>@maya/release.yaml",
    "streams/$(touch x);`touch y`.yaml",
  ])(
    "the file name %j is text and no more wherever it is shown",
    async (path) => {
      const review = await propose([{ path, content: valid }]);
      expect(review.validate.conclusion).toBe("failure");
      expect(review.findings).toContain(`${path}:1 file-path`);
      for (const text of review.texts) expectHarmless(text);
      await expectHealthy();
    },
    minute,
  );

  test.each([
    ["Markdown", "[free](//evil.example)![x](//evil.example/x.png)"],
    ["HTML", "<img src=x onerror=alert(1)><h1>"],
    ["a mention", "@maya @okd-project/okd-maintainers #1 maya/x#1"],
    ["a branch", "main:refs/heads/main --force ../../x"],
    ["a shell", "$(touch x)`touch y`;touch z|tee&"],
    ["mermaid", 'a"]; click a href "javascript:alert(1)"; b["\n```\n<h1>@maya'],
    ["columns and lines", "|a|b|\n\n# @maya\n\n<h1>"],
  ])(
    "a stream whose name and texts try %s is refused, and shown as text",
    async (_what, text) => {
      const name = JSON.stringify(text);
      const content = valid
        .replace("name: gateway", `name: ${name}`)
        .replace("title: OKD for network gateways", `title: ${name}`)
        .replace("path: tekton/pipelines/build-oci-image.yaml", `path: ${name}`)
        .replace("variant: gateway", `variant: ${name}\n      ${name}: ${name}`)
        .replace("$(stream.version).0-0", `$(${text.replaceAll(/["\n]/g, "")})`)
        .replace('cron: "0 3 * * 1"', `cron: ${name}`);
      const review = await propose([{ path: "streams/gateway.yaml", content }]);
      expect(review.validate.conclusion).toBe("failure");
      expect(review.findings).toContain("streams/gateway.yaml:4 schema-value");
      for (const shown of review.texts) expectHarmless(shown);
      await expectHealthy();
    },
    minute,
  );

  test(
    "a valid stream whose free texts hold markup is shown as text",
    async () => {
      const text = JSON.stringify("`<img src=x>` | @maya [free](//evil.example)\n\n```\n<h1>@maya");
      const content = valid
        .replace("title: OKD for network gateways", `title: ${text}`)
        .replace("packages: okd-base kubelet crio nftables frr", `packages: ${text}`);
      const review = await propose([{ path: "streams/gateway.yaml", content }]);
      for (const shown of review.texts) expectHarmless(shown);
    },
    minute,
  );

  test(
    "300 files cost no more than 6 REST calls and the batches of annotations, and every one is counted",
    async () => {
      const before = callsOfBot();
      const entries = Array.from({ length: 300 }, (_, index) => ({
        path: `streams/s${index}.yaml`,
        content: "kind: Stream\nspec: {}\n",
      }));
      const review = await propose(entries);
      expect(review.validate.conclusion).toBe("failure");
      expect(
        Number(/(\d+) errors/.exec(review.validate.output.title ?? "")?.[1]),
      ).toBeGreaterThanOrEqual(300);
      // A check takes 50 annotations a request and shows 1000 of the 2400: 19 requests beyond the first.
      expect(callsOfBot() - before).toBeLessThanOrEqual(6 + 19);
      expect(review.comment).toContain("more of the 2400");
      await expectHealthy();
    },
    minute,
  );

  test(
    "300 valid files cost no more",
    async () => {
      const before = callsOfBot();
      const entries = Array.from({ length: 300 }, (_, index) => ({
        path: `streams/s${index}.yaml`,
        content: valid.replaceAll("gateway", `s${index}`),
      }));
      const review = await propose(entries);
      expect(review.validate.conclusion).toBe("success");
      expect(review.plan.output.title).toBe("The merge builds 300 streams");
      expect(callsOfBot() - before).toBeLessThanOrEqual(6);
    },
    minute,
  );

  test(
    "a conflict with the base is named, and nothing is said to be valid",
    async () => {
      const first = await propose([{ path: "streams/gateway.yaml", content: valid }], "maya");
      const second = await propose([{ path: "streams/gateway.yaml", content: `# mine\n${valid}` }]);
      expect(first.validate.conclusion).toBe("success");
      await stage.people.maya.merge(first.number);
      const checked = await observe(
        "the conflict is found by a new review",
        async () => {
          await stage.people.casey.comment(second.number, "/validate");
          return concluded(second.sha, "okd-streams / validate");
        },
        ({ conclusion }) => conclusion === "failure",
      );
      expect(checked.output.summary).toContain("streams/gateway.yaml");
    },
    minute,
  );

  test(
    "a fork that moves a channel by hand fails the promotion check",
    async () => {
      const review = await propose([
        {
          path: "streams/channels/4-scos-next/release.yaml",
          content: "apiVersion: streams.okd.io/v1alpha1\n",
        },
      ]);
      expect(review.promotion.conclusion).toBe("failure");
      expect(review.promotion.output.summary).toContain(
        "streams/channels/4-scos-next/release.yaml",
      );
    },
    minute,
  );

  test(
    "a fork that loosens the rules or names itself an approver is judged by the rules of main",
    async () => {
      const loose = [
        "apiVersion: streams.okd.io/v1alpha1",
        "kind: StreamsSettings",
        "roles: {approvers: [casey]}",
        "rules: {schema: off, unknown-param: off, cron-never: off}",
        "",
      ].join("\n");
      const review = await propose([
        { path: settings, content: loose },
        {
          path: "streams/other.yaml",
          content: gatewayStream({ mistaken: true }).replaceAll("gateway", "other"),
        },
      ]);
      expect(review.validate.conclusion).toBe("failure");
      const errors = review.findings.filter((finding) => finding.startsWith("streams/other.yaml:"));
      expect(errors).toHaveLength(3);
    },
    minute,
  );

  /** Tokens aside, and what the regular comparison with GitHub asks for. */
  function callsOfBot(): number {
    return stage.world.sandbox
      .restCalls()
      .filter(({ actor, path }) => actor === "okd-streams[bot]" && !notOfReview.test(path)).length;
  }
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, index) => {
    const above = Array.from({ length: 9 }, () => `*l${index}`).join(", ");
    return `l${index + 1}: &l${index + 1} [${above}]`;
  });
  return `l0: &l0 [lol, lol]\n${levels.join("\n")}\n`;
}

/** A line of the repository's own, or the page of a rule. */
const ownAddress =
  /^(http:\/\/127\.0\.0\.1:\d+\/okd-project\/streams\/blob\/|https:\/\/github\.com\/okd-project\/okd-streams\/blob\/main\/docs\/rules\/[a-z0-9-]+\.md$)/;

/** What GitHub would make of the text: no element, link or mention that the bot did not write itself. */
function expectHarmless(text: string): void {
  const html = marked.parse(text, { async: false, gfm: true });
  const outside = html.replace(/<code[^>]*>[^]*?<\/code>/g, "");
  expect(outside).not.toMatch(/<(img|h1|script)/i);
  for (const [, address] of outside.matchAll(/href="([^"]*)"/g))
    expect(address).toMatch(ownAddress);
  expect(outside.replace(/<[^>]*>/g, "")).not.toMatch(/@(maya|okd-project)/);
}
