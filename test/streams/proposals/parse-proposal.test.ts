import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readWorkingTree } from "../../../src/cli/read-working-tree.ts";
import { parseIssueForm } from "../../../src/sandbox/forms/issue-form.ts";
import { parseProposal, type Proposal } from "../../../src/streams/proposals/parse-proposal.ts";
import {
  proposalFields,
  proposalFormPath,
  proposalLabel,
} from "../../../src/streams/proposals/proposal-fields.ts";
import { proposalForm } from "../../../src/streams/proposals/proposal-form.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import { form, issueText } from "./filled-form.ts";

const proposed = (text: string): Proposal => {
  const parsed = parseProposal(text);
  if (parsed.kind !== "proposal") throw new Error(JSON.stringify(parsed));
  return parsed.proposal;
};
const problems = (text: string): readonly string[] => {
  const parsed = parseProposal(text);
  if (parsed.kind !== "wrong") throw new Error(JSON.stringify(parsed));
  return parsed.problems.map(({ where, what }) => `${where ?? ""}: ${what}`);
};

const whole = {
  like: "edge",
  pipeline: "tekton/pipelines/build.yaml",
  maintainers: "ann, @ben cleo",
  params: "branch: release-4.20\nversion: 4.20\nquiet: yes\nempty:\nscript: |\n  a\n  b",
  description: "For shops.\n\nAnd stations.",
};

describe("the form", () => {
  test("has the fields that are read, and the label by which its issues are known", () => {
    const labels = form.body.flatMap((each) =>
      each.type === "markdown" ? [] : [each.attributes.label],
    );
    expect(labels).toEqual(Object.values(proposalFields));
    expect(form.labels).toEqual([proposalLabel]);
  });

  test("of this repository offers the pipelines that its streams are built with", () => {
    const { streams } = validateRepository(readWorkingTree("."), { now: new Date() });
    const paths = [...streams.values()].flatMap(({ value }) =>
      "path" in value.spec.build.pipelineRef ? [value.spec.build.pipelineRef.path] : [],
    );
    expect(readFileSync(proposalFormPath, "utf8")).toBe(proposalForm([...new Set(paths)]));
  });

  test("is offered without pipelines too", () => {
    expect(parseIssueForm(proposalForm([]))?.body).toHaveLength(form.body.length - 1);
  });
});

describe("a proposal", () => {
  test("is read with the least that the form asks for", () => {
    expect(proposed(issueText())).toEqual({
      name: "kiosk",
      title: "OKD for kiosks",
      version: "4.21",
      operatingSystem: "scos",
      maintainers: [],
      params: {},
    });
  });

  test("is read whole, each param as the text that stands there", () => {
    expect(proposed(issueText(whole))).toMatchObject({
      like: "edge",
      pipeline: "tekton/pipelines/build.yaml",
      maintainers: ["ann", "ben", "cleo"],
      params: {
        branch: "release-4.20",
        version: "4.20",
        quiet: "yes",
        empty: "",
        script: "a\nb\n",
      },
      description: "For shops.\n\nAnd stations.",
    });
  });

  test("is the same with the line ends of a browser", () => {
    const text = issueText(whole);
    expect(proposed(text.replaceAll("\n", "\r\n"))).toEqual(proposed(text));
  });

  test("keeps what its author writes between and below the headings", () => {
    const description = [
      "# Big",
      "### Params and more",
      "- ### Params",
      "> ### Params",
      "    ### Params",
      "```\n### Params\n```",
      "<!-- ### Params -->",
      "#### Params",
    ].join("\n\n");
    expect(proposed(issueText({ description }))).toMatchObject({ description, params: {} });
  });

  test("is none in an issue that is about something else", () => {
    for (const text of [
      "",
      "### Steps\n\nBuild it",
      "Name of the stream: kiosk",
      "```\n### Title\n```",
    ])
      expect(parseProposal(text)).toEqual({ kind: "none" });
  });

  test.each([
    ["a name that is none", { name: "../x" }, 'Name of the stream: "../x" is no name of a stream'],
    ["a name of two lines", { name: "a\nb" }, "Name of the stream: It has more than one line."],
    [
      "a name with a letter of another script",
      { name: "kiоsk" },
      'Name of the stream: "kiоsk" is no',
    ],
    [
      "a hidden character",
      { title: "OKD\u202Ekiosk" },
      "Title: It has a character that nobody sees: \\u{202e}.",
    ],
    ["a title without end", { title: "x".repeat(501) }, "Title: It has more than 500 characters."],
    ["params that are no YAML", { params: 'a: "b' }, "Params: line 1: No valid YAML"],
    ["params that are a list", { params: "- a" }, "Params: these are no params."],
    ["a param that is a list", { params: "a: [b]" }, 'Params: "a" has a list'],
    ["a param twice", { params: "a: 1\na: 2" }, 'Params: line 2: The key "a" stands twice'],
    ["two documents", { params: "a: 1\n---\nb: 2" }, "Params: these are no params."],
    [
      "a bomb",
      {
        params: `a: &a [${"x,".repeat(9)}]\nb: &b [${"*a,".repeat(9)}]\nc: &c [${"*b,".repeat(9)}]`,
      },
      "Params: line",
    ],
    [
      "a heading in the description",
      { description: "### Params\n\na: b" },
      "Params: This heading stands there more than once.",
    ],
    [
      "a code block that does not end",
      { title: "```" },
      "Version of OKD: This heading is missing.",
    ],
    ["a comment that does not end", { title: "<!--" }, "Version of OKD: This heading is missing."],
    ["a block that ends too soon", { params: "a: b\n```\n\nmore: |" }, "Params: line"],
  ])("is refused with %s", (_name, changes, problem) => {
    expect(problems(issueText(changes)).join("\n")).toContain(problem);
  });

  test("is told everything that is wrong at once", () => {
    const text = issueText({ name: "Kiosk", params: "x" }).replace("scos", "rhel");
    expect(problems(text).map((problem) => problem.split(":")[0])).toEqual([
      "Name of the stream",
      "Operating system",
      "Params",
    ]);
  });

  test.each([
    ["quotes", "> ".repeat(10_000)],
    ["lines", "- a\n".repeat(7000)],
    ["text", "x".repeat(60_000)],
  ])("is not read where it has %s without end", (_name, description) => {
    expect(problems(issueText({ description }))).toEqual([
      expect.stringMatching(/^: The text of the issue is too long/),
    ]);
  });

  test("never makes the reader fail, whatever the text", () => {
    const piece = fc.oneof(
      fc.constantFrom(...Object.values(proposalFields).map((title) => `### ${title}`)),
      fc.constantFrom(
        "```",
        "~~~yaml",
        "<!--",
        "-->",
        "- ",
        "> ",
        "_No response_",
        "\r\n",
        "\n\n",
        "a: b",
        "&a *a",
      ),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const parsed = parseProposal(pieces.join("\n"));
        if (parsed.kind === "proposal") expect(parsed.proposal.name).toMatch(/^[a-z0-9-]{1,52}$/);
      }),
    );
  });

  test("comes back as it was filled in", () => {
    const line = fc
      .stringMatching(/^[A-Za-z0-9 .,:;'"()#*_-]{1,60}$/)
      .filter((text) => text.trim() !== "");
    const lines = fc.array(line, { minLength: 1, maxLength: 5 }).map((all) => all.join("\n"));
    fc.assert(
      fc.property(line, lines, (title, description) => {
        fc.pre(title.trim() !== "_No response_" && !/^(?:[-+*]|\d+[.)]) .*###/m.test(description));
        const parsed = proposed(issueText({ title, description }));
        expect(parsed).toMatchObject({ title: title.trim(), description: description.trim() });
      }),
    );
  });
});
