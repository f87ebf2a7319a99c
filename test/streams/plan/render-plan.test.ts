import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { applyPatch } from "diff";
import { parse } from "yaml";
import { diffPipelineRuns } from "../../../src/streams/plan/diff-pipeline-runs.ts";
import { planChange } from "../../../src/streams/plan/plan-change.ts";
import type { Plan } from "../../../src/streams/plan/plan.ts";
import { renderPlanMarkdown } from "../../../src/streams/plan/render-plan-markdown.ts";
import { renderPlanText } from "../../../src/streams/plan/render-plan-text.ts";
import { goodFiles, now, repositoryOf, taskPath, withChange } from "../repository-of.ts";

const edge = "streams/edge.yaml";

function planOf(after: Readonly<Record<string, string>>, before = goodFiles): Plan {
  return planChange(repositoryOf(before), repositoryOf(after), { now });
}

/** The good files with the stream as many times. */
function many(count: number, text = goodFiles[edge]!): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `edge-${index}`);
  const streams = names.map((name): [string, string] => [
    `streams/${name}.yaml`,
    text.replace("name: edge", `name: ${name}`).replace("scos-edge", `scos-${name}`),
  ]);
  return { ...goodFiles, ...Object.fromEntries(streams) };
}

const withParams = (count: number, value: string): string =>
  goodFiles[edge]!.replace(
    "branch: master",
    `branch: master\n${Array.from({ length: count }, (_, index) => `      p${index}: ${value}`).join("\n")}`,
  );

describe("the PipelineRun of a planned build", () => {
  test("is a diff of what would be asked for, without what only a run knows", () => {
    const [build] = planOf(withChange(edge, "branch: master", "branch: $(stream.version)")).builds;
    expect(diffPipelineRuns(build!.run)).toBe(`@@ -20,7 +20,7 @@
         value: tekton/pipelines/build.yaml
   params:
     - name: branch
-      value: master
+      value: "4.21"
     - name: repository-url
       value: this repository
     - name: revision`);
  });

  test("is whole for a new stream, and a PipelineRun", () => {
    const { [edge]: text, ...others } = goodFiles;
    const [build] = planOf({ ...others, [edge]: text! }, others).builds;
    const lines = diffPipelineRuns(build!.run).split("\n");
    expect(lines.every((line) => line.startsWith("+"))).toBe(true);
    const run: unknown = parse(lines.map((line) => line.slice(1)).join("\n"));
    expect(run).toMatchObject({ kind: "PipelineRun", metadata: { name: "edge-$(run.id)" } });
  });

  test("is nothing where only a task changes", () => {
    const [build] = planOf(
      withChange(taskPath, "echo $(params.version)", "printf $(params.version)"),
    ).builds;
    expect(diffPipelineRuns(build!.run)).toBe("");
  });

  test("stays a diff that can be applied, whatever changes, and takes no time where all does", () => {
    const texts = fc.array(fc.stringMatching(/^[a-z`@"\\ -]{0,12}$/), { maxLength: 40 });
    const request = planOf(withChange(edge, "branch: master", "branch: other")).builds[0]!.run
      .after;
    const yamlOf = (params: readonly string[]) => {
      const after = { ...request, params: Object.fromEntries(params.entries()) };
      const text = diffPipelineRuns({ before: undefined, after }).replace(/^\+/gm, "");
      return { after, text: `${text}\n` };
    };
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const [old, now] = [yamlOf(a), yamlOf(b)];
        const diff = diffPipelineRuns({ before: old.after, after: now.after });
        expect(diff === "" ? old.text : applyPatch(old.text, diff)).toBe(now.text);
      }),
      { numRuns: 200 },
    );
    const lines = (sign: string) => Array.from({ length: 4000 }, (_, index) => `${sign}${index}`);
    const run = { before: yamlOf(lines("a")).after, after: yamlOf(lines("b")).after };
    expect(diffPipelineRuns(run)).toContain("\n+      value: b3999");
  });
});

describe("a plan", () => {
  test("tells streams together that build because a task of theirs changed", () => {
    const files = many(40);
    const plan = planOf(
      { ...files, [taskPath]: goodFiles[taskPath]!.replace("script: echo", "script: printf") },
      files,
    );
    const markdown = renderPlanMarkdown(plan);
    expect(markdown).toContain("##### 41 streams for the same reason");
    expect(markdown.match(/task tekton\/tasks\/assemble.yaml changed/g)).toHaveLength(1);
    expect(renderPlanText(plan).match(/because:/g)).toHaveLength(1);
  });

  test.each([
    ["many streams", many(900)],
    ["many params", { ...goodFiles, [edge]: withParams(3000, "x") }],
    ["long values", { ...goodFiles, [edge]: withParams(40, "ü|`".repeat(1500)) }],
  ])("of %s fits, each block closed", (_name, files) => {
    const plan = planOf(files, { [taskPath]: goodFiles[taskPath]! });
    for (const bytes of [20_000, 60_000]) {
      const markdown = renderPlanMarkdown(plan, bytes);
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(bytes);
      expect(markdown.split("<details>").length).toBe(markdown.split("</details>").length);
      expect(markdown).toMatch(/streams?\*\*/);
    }
  });

  test("closes its code blocks behind whatever stands in them", () => {
    const hostile = '"```\\n</details>\\n@everyone"';
    const markdown = renderPlanMarkdown(
      planOf(withChange(edge, "branch: master", `branch: ${hostile}`)),
    );
    const [, fence = "", inside = ""] = /^(`{3,})diff\n([\s\S]*?)\n\1$/m.exec(markdown) ?? [];
    expect(fence.length).toBeGreaterThan(3);
    expect(inside).toContain("@everyone");
    expect(markdown.replace(inside, "")).not.toMatch(/^@everyone/m);
  });

  test("says the next instants to the minute", () => {
    const plan = planOf(withChange(edge, "30 10 * * *", "0 5 * * 1"));
    expect(renderPlanText(plan)).toContain(
      "edge: 0 5 * * 1 (UTC), next 2026-11-23 05:00, 2026-11-30 05:00, 2026-12-07 05:00 UTC",
    );
  });
});

describe("collisions", () => {
  const claim = (name: string, claimName: string) =>
    goodFiles[edge]!.replace("name: edge", `name: ${name}`)
      .replace("scos-edge", `scos-${name}`)
      .replace("      registry:", "      work:")
      .replace("claimName: registry", `claimName: ${claimName}`);
  const apart = {
    ...goodFiles,
    "streams/a.yaml": claim("a", "one"),
    "streams/b.yaml": claim("b", "two"),
  };
  const together = { ...apart, "streams/b.yaml": claim("b", "one") };

  test("that a change brings are in its plan", () => {
    const plan = planOf(together, apart);
    expect(plan.collisions).toMatchObject([{ stream: "b", rule: "claim-shared" }]);
    for (const text of [renderPlanMarkdown(plan), renderPlanText(plan)]) {
      expect(text).toContain("In each other's way");
      expect(text).toContain('"one"');
    }
  });

  test("that were there are not, also where their lines move", () => {
    const moved = { ...together, "streams/a.yaml": `# moved\n${together["streams/a.yaml"]}` };
    expect(planOf(moved, together).collisions).toEqual([]);
    expect(planOf(apart, together).collisions).toEqual([]);
  });
});
