import nock from "nock";
import * as z from "zod";
import {
  botUser,
  checkRunAnswer,
  commentAnswer,
  pullRequestAnswer,
  repository,
} from "../fixtures/github/answers.ts";
import { apiUrl, repo } from "../github/client-fixture.ts";
import type { GitFixture } from "../github/git-fixture.ts";

export interface FakeComment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
  updatedAt: string;
}

export interface FakeIssue {
  readonly number: number;
  readonly login: string;
  body: string;
  state: "open" | "closed";
  labels: readonly string[];
}

export interface FakePull {
  readonly number: number;
  readonly ref: string;
  readonly author: string;
  readonly fork: boolean;
  /** Follows its branch while it is open. */
  head: string;
  state: "open" | "closed";
  mergeCommit: string | null;
  readonly openedAt: string;
  title: string;
  body: string;
}

const reviewSchema = z.object({
  commit_id: z.string(),
  event: z.literal("COMMENT"),
  body: z.string(),
  comments: z.array(
    z.object({
      path: z.string(),
      line: z.number(),
      start_line: z.number().optional(),
      side: z.literal("RIGHT"),
      body: z.string(),
    }),
  ),
});
export type FakeReview = z.output<typeof reviewSchema> & { id: number; pull: number };

const treeSchema = z.object({
  base_tree: z.string(),
  tree: z.array(z.object({ path: z.string(), mode: z.string(), content: z.string() })),
});
const commitSchema = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.tuple([z.string()]),
});

const checkSchema = z.object({
  name: z.string(),
  head_sha: z.string(),
  external_id: z.string(),
  status: z.string(),
  conclusion: z.string().optional(),
  output: z
    .object({
      title: z.string(),
      summary: z.string().max(65_535),
      annotations: z.array(z.unknown()).max(50).optional(),
    })
    .loose(),
  actions: z.array(z.object({ label: z.string(), identifier: z.string() }).loose()).optional(),
});
export type FakeCheck = z.output<typeof checkSchema> & { id: number };

const annotated = z.object({ annotations: z.array(z.unknown()).default([]) });
const annotationsOf = (output: object) => annotated.parse(output).annotations;

const merged = z.object({ sha: z.string(), commit_message: z.string() });
const fields = z.record(z.string(), z.unknown()).catch({});
const text = (value: unknown): string => z.string().parse(value);

type Answer = readonly [status: number, body?: object];
type Handler = (parts: readonly string[], body: Record<string, unknown>, url: URL) => Answer;

/** A fault of one call: what it answers, and whether GitHub did what was asked all the same. */
export interface Fault {
  readonly call: RegExp;
  readonly status: number;
  readonly message?: string;
  readonly done?: boolean;
}

export interface FakeDelivery {
  readonly id: number;
  readonly guid: string;
  readonly status_code: number;
}

const createdAt = "2026-11-20T12:00:00Z";
const notFound: Answer = [404, { message: "Not Found" }];

/** GitHub's REST API as the bot uses it, over the same git repository that the mirror reads. */
export function createFakeGitHub(git: GitFixture) {
  let ids = 1000;
  const nextId = () => (ids += 1);
  const comments: FakeComment[] = [];
  const pulls: FakePull[] = [];
  const issues: FakeIssue[] = [];
  const labels: string[] = [];
  const checks: FakeCheck[] = [];
  const reviews: FakeReview[] = [];
  const calls: string[] = [];
  const faults: Fault[] = [];
  const merges: z.output<typeof merged>[] = [];
  const redelivered: number[] = [];
  const tokens: object[] = [];
  const roles = new Map<string, string>();
  const teams = new Map<string, readonly string[]>();
  const deliveries: FakeDelivery[] = [];

  const commitOf = (name: string) => {
    try {
      return git.git("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
    } catch {
      return undefined;
    }
  };
  const showPull = (pull: FakePull): object => {
    if (pull.state === "open") pull.head = commitOf(`refs/heads/${pull.ref}`) ?? pull.head;
    return {
      ...pullRequestAnswer({ number: pull.number, state: pull.state }),
      created_at: pull.openedAt,
      title: pull.title,
      body: pull.body,
      merged_at: pull.mergeCommit === null ? null : createdAt,
      merge_commit_sha: pull.mergeCommit,
      user: { login: pull.author },
      head: { sha: pull.head, ref: pull.ref, repo: { id: pull.fork ? 99 : repository.id } },
      base: { ref: "main", sha: commitOf("refs/heads/main") },
    };
  };
  const showComment = (comment: FakeComment): object => ({
    ...commentAnswer({
      id: comment.id,
      body: comment.body,
      issue: comment.issue,
      user:
        comment.login === botUser.login ? botUser : { login: comment.login, id: 5, type: "User" },
    }),
    created_at: createdAt,
    updated_at: comment.updatedAt,
  });
  const showCheck = (check: FakeCheck): object =>
    checkRunAnswer({
      id: check.id,
      name: check.name,
      external_id: check.external_id,
      status: check.status,
      annotations_count: annotationsOf(check.output).length,
    });
  const addPull = (change: Pick<FakePull, "ref"> & Partial<FakePull>): FakePull => {
    const number = change.number ?? pulls.length + 7;
    const head = commitOf(`refs/heads/${change.ref}`) ?? "";
    const pull: FakePull = {
      number,
      author: "nora",
      fork: false,
      head,
      state: "open",
      mergeCommit: null,
      // Before the bot knew the repository, unless a test says otherwise.
      openedAt: "2026-11-20T11:00:00Z",
      title: "",
      body: "",
      ...change,
    };
    pulls.push(pull);
    git.git("update-ref", `refs/pull/${number}/head`, pull.head);
    return pull;
  };
  const onBranch = <T>(branch: string, act: () => T): T => {
    git.git("checkout", "--quiet", branch);
    try {
      return act();
    } finally {
      git.git("checkout", "--quiet", "main");
    }
  };
  const findPull = (number: string | undefined) =>
    pulls.find((pull) => pull.number === Number(number));

  const mergePull = (pull: FakePull, message: string): string => {
    git.git("merge", "--quiet", "--no-ff", "-m", message, pull.head);
    pull.mergeCommit = git.git("rev-parse", "HEAD");
    pull.state = "closed";
    return pull.mergeCommit;
  };

  const showIssue = ({ login, labels: names, ...issue }: FakeIssue): object => ({
    ...issue,
    user: { login, id: 5, type: login.endsWith("[bot]") ? "Bot" : "User" },
    labels: names.map((name) => ({ name })),
  });

  const routes: readonly (readonly [string, RegExp, Handler])[] = [
    [
      "POST",
      /^\/app\/installations\/\d+\/access_tokens$/,
      (_parts, body) => {
        tokens.push(body);
        return [
          201,
          {
            token: "ghs_token_of_the_bot",
            expires_at: new Date(Date.now() + 3_600_000).toISOString(),
            permissions: {},
            repository_selection: "selected",
          },
        ];
      },
    ],
    ["GET", /^\/app$/, () => [200, { id: 1, slug: "okd-streams", name: "OKD streams" }]],
    [
      "GET",
      /^\/app\/hook\/deliveries$/,
      () => [200, deliveries.map((delivery) => ({ ...delivery, delivered_at: createdAt }))],
    ],
    [
      "POST",
      /^\/app\/hook\/deliveries\/(\d+)\/attempts$/,
      ([id]) => {
        redelivered.push(Number(id));
        return [202, {}];
      },
    ],
    ["GET", /^\/app\/installations$/, () => [200, []]],
    [
      "GET",
      /^\/orgs\/([^/]+)\/teams\/([^/]+)\/memberships\/([^/]+)$/,
      ([org, slug, login = ""]) => {
        const members = teams.get(`@${org}/${slug}`);
        if (members === undefined) return [403, { message: "Resource not accessible" }];
        return members.includes(login) ? [200, { state: "active" }] : notFound;
      },
    ],
    [
      "GET",
      /^R\/collaborators\/([^/]+)\/permission$/,
      ([login = ""]) => {
        const role = roles.get(login) ?? "none";
        return [200, { permission: role, role_name: role, user: null }];
      },
    ],
    [
      "GET",
      /^R\/commits\/([^/]+)\/check-runs$/,
      ([sha]) => {
        const found = checks.filter((check) => check.head_sha === sha).map(showCheck);
        return [200, { total_count: found.length, check_runs: found }];
      },
    ],
    [
      "GET",
      /^R\/commits\/([^/]+)\/pulls$/,
      ([sha]) => [
        200,
        pulls.filter((pull) => pull.head === sha || pull.mergeCommit === sha).map(showPull),
      ],
    ],
    [
      "POST",
      /^R\/check-runs$/,
      (_parts, body) => {
        const check = { ...checkSchema.parse(body), id: nextId() };
        checks.push(check);
        return [201, showCheck(check)];
      },
    ],
    [
      "PATCH",
      /^R\/check-runs\/(\d+)$/,
      ([id], body) => {
        const check = checks.find((candidate) => candidate.id === Number(id));
        if (check === undefined) return notFound;
        const { output, ...change } = checkSchema.partial().parse(body);
        Object.assign(check, change);
        if (output !== undefined) {
          const annotations = [...annotationsOf(check.output), ...annotationsOf(output)];
          check.output = { ...output, annotations };
        }
        return [200, showCheck(check)];
      },
    ],
    [
      "GET",
      /^R\/issues$/,
      (_parts, _body, url) => [
        200,
        issues
          .filter(({ state }) => state === url.searchParams.get("state"))
          .filter((issue) => {
            const label = url.searchParams.get("labels");
            return label === null || issue.labels.includes(label);
          })
          .map(showIssue),
      ],
    ],
    [
      "POST",
      /^R\/issues$/,
      (_parts, body) => {
        const issue: FakeIssue = {
          number: 100 + issues.length,
          login: botUser.login,
          body: text(body["body"]),
          state: "open",
          labels: [],
        };
        issues.push(issue);
        return [201, showIssue(issue)];
      },
    ],
    [
      "PATCH",
      /^R\/issues\/(\d+)$/,
      ([number], body) => {
        const issue = issues.find((candidate) => candidate.number === Number(number));
        if (issue === undefined) return [410, { message: "This issue was deleted" }];
        if (body["body"] !== undefined) issue.body = text(body["body"]);
        if (body["state"] !== undefined)
          issue.state = z.enum(["open", "closed"]).parse(body["state"]);
        return [200, showIssue(issue)];
      },
    ],
    [
      "GET",
      /^R\/issues\/(\d+)$/,
      ([number]) => {
        const issue = issues.find((candidate) => candidate.number === Number(number));
        return issue === undefined
          ? [410, { message: "This issue was deleted" }]
          : [200, showIssue(issue)];
      },
    ],
    [
      "GET",
      /^R\/labels\/(.+)$/,
      ([name = ""]) => (labels.includes(name) ? [200, { name }] : notFound),
    ],
    [
      "POST",
      /^R\/labels$/,
      (_parts, body) => {
        const { name } = z
          .strictObject({
            name: z.string(),
            description: z.string().max(100),
            color: z.string().regex(/^[0-9a-f]{6}$/),
          })
          .parse(body);
        if (labels.includes(name)) return [422, { message: "Validation Failed" }];
        labels.push(name);
        return [201, { name }];
      },
    ],
    [
      "GET",
      /^R\/issues\/(\d+)\/comments$/,
      ([issue]) => [
        200,
        comments.filter((comment) => comment.issue === Number(issue)).map(showComment),
      ],
    ],
    [
      "POST",
      /^R\/issues\/(\d+)\/comments$/,
      ([issue], body) => {
        const comment = {
          id: nextId(),
          issue: Number(issue),
          login: botUser.login,
          body: text(body["body"]),
          updatedAt: createdAt,
        };
        comments.push(comment);
        return [201, showComment(comment)];
      },
    ],
    [
      "PATCH",
      /^R\/issues\/comments\/(\d+)$/,
      ([id], body) => {
        const comment = comments.find((candidate) => candidate.id === Number(id));
        if (comment === undefined) return notFound;
        comment.body = text(body["body"]);
        return [200, showComment(comment)];
      },
    ],
    ["POST", /^R\/issues\/comments\/(\d+)\/reactions$/, () => [201, { id: 1, content: "eyes" }]],
    [
      "GET",
      /^R\/pulls$/,
      (_parts, _body, url) => {
        const head = url.searchParams.get("head")?.split(":")[1];
        const state = url.searchParams.get("state");
        const found = pulls.filter(
          (pull) =>
            (state === "all" || pull.state === state) && (head === undefined || pull.ref === head),
        );
        return [200, found.map(showPull)];
      },
    ],
    [
      "POST",
      /^R\/pulls$/,
      (_parts, body) => {
        const ref = text(body["head"]);
        if (pulls.some((pull) => pull.ref === ref && pull.state === "open"))
          return [422, { message: "A pull request already exists" }];
        const [title, said] = [text(body["title"]), text(body["body"])];
        return [201, showPull(addPull({ ref, author: botUser.login, title, body: said }))];
      },
    ],
    [
      "GET",
      /^R\/pulls\/(\d+)$/,
      ([number]) => {
        const pull = findPull(number);
        return pull === undefined ? notFound : [200, showPull(pull)];
      },
    ],
    [
      "PATCH",
      /^R\/pulls\/(\d+)$/,
      ([number], body) => {
        const pull = findPull(number);
        if (pull === undefined) return notFound;
        const change = z.object({ state: z.enum(["open", "closed"]), title: z.string() });
        Object.assign(pull, change.partial().parse(body));
        return [200, showPull(pull)];
      },
    ],
    [
      "GET",
      /^R\/pulls\/(\d+)\/reviews$/,
      ([number]) => {
        const own = reviews.filter(({ pull }) => pull === Number(number));
        return [200, own.map(({ id, body }) => ({ id, body, user: botUser }))];
      },
    ],
    [
      "POST",
      /^R\/pulls\/(\d+)\/reviews$/,
      ([number], body) => {
        const review = { ...reviewSchema.parse(body), id: nextId(), pull: Number(number) };
        reviews.push(review);
        return [200, { id: review.id, body: review.body, user: botUser }];
      },
    ],
    [
      "PUT",
      /^R\/pulls\/(\d+)\/merge$/,
      ([number], body) => {
        const pull = findPull(number);
        if (pull === undefined) return notFound;
        const wanted = merged.parse(body);
        showPull(pull);
        if (pull.state === "closed") return [405, { message: "Pull Request is not mergeable" }];
        if (wanted.sha !== pull.head) return [409, { message: "Head branch was modified." }];
        merges.push(wanted);
        return [200, { sha: mergePull(pull, wanted.commit_message), merged: true }];
      },
    ],
    [
      "GET",
      /^R\/git\/ref\/heads\/(.+)$/,
      ([name]) => {
        const sha = commitOf(`refs/heads/${name}`);
        return sha === undefined ? notFound : [200, { object: { sha, type: "commit" } }];
      },
    ],
    [
      "POST",
      /^R\/git\/refs$/,
      (_parts, body) => {
        if (commitOf(text(body["ref"])) !== undefined)
          return [422, { message: "Reference already exists" }];
        git.git("update-ref", text(body["ref"]), text(body["sha"]));
        return [201, { object: { sha: body["sha"], type: "commit" } }];
      },
    ],
    [
      "POST",
      /^R\/git\/trees$/,
      (_parts, body) => {
        const wanted = treeSchema.parse(body);
        git.git("read-tree", wanted.base_tree);
        for (const { path, mode, content } of wanted.tree) {
          git.write(".git/sent", content);
          const blob = git.git("hash-object", "-w", ".git/sent");
          git.git("update-index", "--add", "--cacheinfo", `${mode},${blob},${path}`);
        }
        const sha = git.git("write-tree");
        git.git("reset", "--quiet", "--hard");
        return [201, { sha }];
      },
    ],
    [
      "POST",
      /^R\/git\/commits$/,
      (_parts, body) => {
        const { tree, parents, message } = commitSchema.parse(body);
        return [201, { sha: git.git("commit-tree", tree, "-p", parents[0], "-m", message) }];
      },
    ],
    [
      "PATCH",
      /^R\/git\/refs\/heads\/(.+)$/,
      ([name = ""], body) => {
        const sha = text(body["sha"]);
        const before = commitOf(`refs/heads/${name}`) ?? "";
        if (body["force"] === true || git.git("merge-base", before, sha) !== before)
          return [422, { message: "Update is not a fast forward" }];
        git.git("update-ref", `refs/heads/${name}`, sha);
        return [200, { object: { sha, type: "commit" } }];
      },
    ],
    [
      "DELETE",
      /^R\/git\/refs\/heads\/(.+)$/,
      ([name]) => {
        if (commitOf(`refs/heads/${name}`) === undefined)
          return [422, { message: "Reference does not exist" }];
        git.git("update-ref", "-d", `refs/heads/${name}`);
        return [204];
      },
    ],
    [
      "GET",
      /^R\/contents\/(.+)$/,
      ([path = ""], _body, url) => {
        const ref = url.searchParams.get("ref") ?? "main";
        try {
          const content = Buffer.from(`${git.git("show", `${ref}:${path}`)}\n`).toString("base64");
          const sha = git.git("rev-parse", `${ref}:${path}`);
          return [200, { type: "file", encoding: "base64", path, sha, content }];
        } catch {
          return notFound;
        }
      },
    ],
    [
      "PUT",
      /^R\/contents\/(.+)$/,
      ([path = ""], body) => {
        const sha = onBranch(text(body["branch"]), () => {
          git.write(path, Buffer.from(text(body["content"]), "base64"));
          return git.commit(text(body["message"]));
        });
        return [201, { commit: { sha } }];
      },
    ],
  ];

  function answer(method: string, uri: string, sent: unknown): Answer {
    const url = new URL(uri, apiUrl);
    const path = decodeURIComponent(url.pathname).replace(new RegExp(`^${repo}`), "R");
    const call = `${method} ${path}`;
    calls.push(call);
    const at = faults.findIndex((candidate) => candidate.call.test(call));
    const [fault] = at < 0 ? [] : faults.splice(at, 1);
    if (fault !== undefined && fault.done !== true)
      return [fault.status, { message: fault.message ?? "fault" }];
    for (const [of, pattern, handle] of routes) {
      const match = of === method ? pattern.exec(path) : null;
      if (match === null) continue;
      const done = handle(match.slice(1), fields.parse(sent), url);
      return fault === undefined ? done : [fault.status, { message: "fault" }];
    }
    throw new Error(`the test's GitHub does not know ${call}`);
  }

  for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"]) {
    nock(apiUrl)
      .persist()
      .intercept(/.*/, method)
      .reply((uri, body) => {
        const [status, data] = answer(method, uri, body);
        return data === undefined ? [status] : [status, data];
      });
  }

  return {
    comments,
    pulls,
    issues,
    labels,
    checks,
    reviews,
    /** `METHOD path` of every call; `R` stands for the repository's address. */
    calls,
    faults,
    merges,
    roles,
    teams,
    deliveries,
    redelivered,
    /** What was asked for each token. */
    tokens,
    addPull,
    mergePull,
    onBranch,
    /** A person's new comment. */
    write(login: string, issue: number, body: string): FakeComment {
      const comment = { id: nextId(), issue, login, body, updatedAt: createdAt };
      comments.push(comment);
      return comment;
    },
    /** What the bot wrote on an issue or pull request, joined. */
    said(issue: number): string {
      return comments
        .filter((comment) => comment.issue === issue && comment.login === botUser.login)
        .map(({ body }) => body)
        .join("\n\n");
    },
    check(name: string, headSha: string): FakeCheck | undefined {
      return checks.findLast(
        (check) => check.name === `okd-streams / ${name}` && check.head_sha === headSha,
      );
    },
    /** The calls that work, tokens and the App's own name aside. */
    work: () => calls.filter((call) => !call.includes("/access_tokens") && call !== "GET /app"),
  };
}

export type FakeGitHub = ReturnType<typeof createFakeGitHub>;
