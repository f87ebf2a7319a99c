import { describe, expect, test } from "@jest/globals";
import { runPayload } from "../../../src/cluster/run-payload.ts";
import { describeGap } from "../../../src/streams/plan/describe-gap.ts";
import { neededRuns } from "../../../src/streams/plan/needed-runs.ts";
import { planChange } from "../../../src/streams/plan/plan-change.ts";
import { planTriggers } from "../../../src/streams/plan/plan-triggers.ts";
import { triggerDocuments, triggersIn } from "../../../src/streams/plan/repository-triggers.ts";
import { goodFiles, now, repositoryOf, withChange } from "../repository-of.ts";
import { triggersText } from "./triggers-fixture.ts";

const edge = "streams/edge.yaml";
const path = "tekton/triggers.yaml";
const whole = triggersText({ params: ["branch"], workspaces: ["registry"] });
const other = withChange(edge, "branch: master", "branch: other")[edge];

const changedFiles: Readonly<Record<string, string>> = { ...goodFiles, [edge]: other! };

/** What is missing at the repository's own triggers, or at those of the cluster "laptop", for a change of the stream. */
function gaps(text: string, files = changedFiles, cluster?: "laptop") {
  const before = repositoryOf({ ...goodFiles, [path]: text });
  const after = repositoryOf({ ...files, [path]: text });
  const runs = neededRuns(before, after, planChange(before, after, { now }));
  const triggers = triggersIn(triggerDocuments(after));
  return planTriggers(runs, [{ cluster, triggers }], (request) =>
    runPayload(request, {
      repositoryFullName: "okd/streams",
      repositoryUrl: "https://x.test/a.git",
    }),
  );
}

describe("what triggers lack for the runs of a change", () => {
  test("is nothing where one takes everything", () => expect(gaps(whole)).toEqual([]));

  test("is a trigger where none is for the pipeline", () => {
    const text = triggersText({ filter: "body.pipeline.name == 'x'", params: ["branch"] });
    expect(gaps(text)).toEqual([
      {
        cluster: "laptop",
        seenIn: "repository",
        pipeline: "build",
        problem: "trigger",
        subject: "",
        neededBy: ["edge"],
      },
    ]);
  });

  test.each([
    ["a param", triggersText({ params: ["revision"], workspaces: ["registry"] }), "params.branch"],
    ["a claim", triggersText({ params: ["branch"] }), "workspaces.registry"],
    [
      "a param that its template does not declare",
      whole.replace("    - name: branch\n    - name: registry", "    - name: registry"),
      "params.branch",
    ],
  ])("is %s that it leaves out", (_name, text, subject) => {
    expect(gaps(text)).toMatchObject([{ problem: "unread", subject }]);
  });

  test("is a value that it needs and nobody gives, unless there is a default", () => {
    const params = ["branch", "tag-latest"];
    const workspaces = ["registry"];
    expect(gaps(triggersText({ params, workspaces }))).toMatchObject([
      { problem: "unsent", subject: "params.tag-latest" },
    ]);
    expect(gaps(triggersText({ params, workspaces, optional: ["tag-latest"] }))).toEqual([]);
  });

  test("is not told where it cannot be known", () => {
    expect(gaps(whole.replace("'build'", "'x' || header.match('a', 'b')"))).toEqual([]);
    expect(gaps(whole.replace("        - ref: build\n", "        - ref: elsewhere\n"))).toEqual([]);
    expect(gaps(whole.replace("$(body.params.branch)", "$(body.params[?(@.a)])"))).toEqual([]);
  });

  test("of the repository counts for its own pipelines, of a cluster for all that run there", () => {
    // The stream is verified by a pipeline that only the cluster has.
    expect(gaps(whole, undefined, "laptop")).toMatchObject([
      { seenIn: "cluster", pipeline: "verify", problem: "trigger", neededBy: ["edge"] },
    ]);
  });

  test("is looked at for all streams where the triggers change, and for none where nothing is built", () => {
    expect(gaps(triggersText({ params: ["x"] }), goodFiles)).toEqual([]);
    const before = repositoryOf({ ...goodFiles, [path]: whole });
    const after = repositoryOf({ ...goodFiles, [path]: triggersText({ params: ["branch"] }) });
    const plan = planChange(before, after, { now });
    expect(plan.builds).toEqual([]);
    expect(neededRuns(before, after, plan).map(({ kind }) => kind)).toEqual(["build", "verify"]);
  });

  test("is told with what to do", () => {
    const [gap] = gaps(triggersText({ params: ["revision"], workspaces: ["registry"] }));
    const text = describeGap(gap!, (name) => `<${name}>`);
    expect(text).toContain("trigger for the pipeline <build> that leaves out <params.branch>, so");
    expect(text).toContain("<okd-streams tekton manifests --cluster laptop>");
  });
});
