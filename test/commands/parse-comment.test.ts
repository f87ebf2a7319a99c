import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { grammar } from "../../src/commands/grammar.ts";
import { parseComment } from "../../src/commands/parse-comment.ts";

describe("commands that are understood", () => {
  test.each([
    ["/help", { verb: "help" }],
    ["/status", { verb: "status" }],
    ["/status 4-scos-next", { verb: "status", name: "4-scos-next" }],
    ["/validate", { verb: "validate" }],
    ["/Retest", { verb: "retest" }],
    ["/build coreos-4-19", { verb: "build", stream: "coreos-4-19" }],
    ["/retry", { verb: "retry" }],
    ["/retry scos-edge-0123456789", { verb: "retry", run: "scos-edge-0123456789" }],
    ["/cancel  ", { verb: "cancel" }],
    [
      "/promote latest to 4-scos-next",
      { verb: "promote", release: "latest", channel: "4-scos-next" },
    ],
    [
      "/promote   4.21.0-0.okd-scos-2026-01-30-101010\tto 4-scos-next",
      { verb: "promote", release: "4.21.0-0.okd-scos-2026-01-30-101010", channel: "4-scos-next" },
    ],
    [
      "/accept 4.21.0-x tested by `hand` on metal",
      { verb: "accept", release: "4.21.0-x", reason: "tested by `hand` on metal" },
    ],
    ["/reject 4.21.0-x broken", { verb: "reject", release: "4.21.0-x", reason: "broken" }],
    ["/hold", { verb: "hold" }],
    ["/hold wait for Monday", { verb: "hold", reason: "wait for Monday" }],
    ["/hold <!-- not this --> wait", { verb: "hold", reason: "wait" }],
    ["/unhold", { verb: "unhold" }],
    ["/approve", { verb: "approve", cancel: false }],
    ["/approve cancel", { verb: "approve", cancel: true }],
    ["/decline not today", { verb: "decline", reason: "not today" }],
    ["   /approve", { verb: "approve", cancel: false }],
    ["/approve\n---\nsent from a phone", { verb: "approve", cancel: false }],
    ["- the cron is fixed\n/validate", { verb: "validate", line: 2 }],
  ])("%j", (body, expected) => {
    expect(parseComment(body)).toEqual([{ line: 1, ...expected }]);
  });

  test("several of them, with the lines they stand on, whatever ends a line", () => {
    expect(parseComment("Thanks!\r\n/validate\r\n\r\n/status edge\r/help")).toEqual([
      { verb: "validate", line: 2 },
      { verb: "status", name: "edge", line: 4 },
      { verb: "help", line: 5 },
    ]);
  });

  test("they fire again behind a code block that was closed", () => {
    expect(parseComment("```\n/approve\n```\n/help")).toEqual([{ verb: "help", line: 4 }]);
  });
});

describe("a known verb with words it does not take", () => {
  test.each([
    ["/build", "/build STREAM"],
    ["/build Not_A_Stream", "/build STREAM"],
    ["/build a b", "/build STREAM"],
    ["/build ../../etc", "/build STREAM"],
    ["/build $(id)", "/build STREAM"],
    ["/promote latest 4-scos-next", "/promote RELEASE|latest to CHANNEL"],
    ["/promote latest to 4-scos-next please", "/promote RELEASE|latest to CHANNEL"],
    ["/accept 4.21.0-x", "/accept RELEASE REASON"],
    ["/approve everything", "/approve [cancel]"],
    ["/decline", "/decline REASON"],
    ["/validate now", "/validate"],
  ])("%j is answered with its syntax", (body, syntax) => {
    const [command] = parseComment(body);
    expect(command && "error" in command ? command.error.next : undefined).toContain(
      `\`${syntax}\``,
    );
  });
});

describe("what changes nothing", () => {
  test.each([
    ["prose", "please /approve this"],
    ["unknown verbs", "/lgtm\n/merge"],
    ["a path", "/approve/this"],
    ["a longer word", "/approves"],
    ["a fence", "```\n/approve\n```"],
    ["a fence with a language", "~~~ sh\n/approve\n~~~"],
    ["an unclosed fence", "````\n/approve\n```\n/approve"],
    ["a fence that a longer one wraps", "````\n```\n/approve\n```\n/approve\n````"],
    ["a fence in a list", "- ```\n  /approve\n  ```"],
    ["a fence in a list that the list's end closes", "- ```\n  a\n```\n/approve"],
    ["an indented block", "    /approve"],
    ["an indented line in a paragraph", "Log:\n    /approve"],
    ["a tab", "\t/approve"],
    ["a quote", "> /approve"],
    ["a nested quote", "> > /approve"],
    ["a quote that runs on lazily", "> he said\n/approve"],
    ["a fence in a quote", "> ```\n> /approve\n> ```"],
    ["an HTML comment", "<!--\n/approve\n-->"],
    ["an HTML comment within a paragraph", "see <!--\n/approve\n--> here"],
    ["an HTML block", "<details>\n/approve\n</details>"],
    ["inline code", "`/approve`"],
    ["inline code over lines", "`see\n/approve\n`"],
    ["a hostile number of quotes", ">".repeat(65_536) + "\n\n/approve"],
    ["a hostile number of lists", "1) ".repeat(20_000) + "\n\n/approve"],
    ["a hostile number of lines", "- a\n".repeat(16_000) + "\n/approve"],
    ["nothing", ""],
  ])("%s", (_, body) => {
    expect(parseComment(body)).toEqual([]);
  });
});

const commandish = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    ...grammar.map(({ verb }) => `/${verb}`),
    "```",
    "~~~",
    ">",
    "<!--",
    "-->",
    "`",
    "\n",
    "\r\n",
    "    ",
  ),
);

test("property: any text parses, and every command names a verb of the grammar and a line of the text", () => {
  fc.assert(
    fc.property(fc.array(commandish, { maxLength: 30 }), (parts) => {
      const body = parts.join(" ");
      const lines = body.split(/\r\n|\r|\n/).length;
      return parseComment(body).every(
        ({ verb, line }) =>
          grammar.some((rule) => rule.verb === verb) && line >= 1 && line <= lines,
      );
    }),
  );
});

test("property: nothing inside a fence fires, closed or not", () => {
  const fenceless = fc.array(commandish).map((parts) => parts.join("\n").replace(/[`~]/g, ""));
  fc.assert(
    fc.property(
      fenceless,
      fc.constantFrom("```", "~~~", "````"),
      fc.boolean(),
      (inside, fence, closed) => {
        const body = `before\n${fence}\n${inside}\n/approve\n${closed ? fence : ""}`;
        expect(parseComment(body)).toEqual([]);
      },
    ),
  );
});

test("property: a quoted comment says nothing", () => {
  fc.assert(
    fc.property(fc.array(commandish), (parts) => {
      const quoted = `${parts.join("\n")}\n/approve`.split(/\r\n|\r|\n/).map((line) => `> ${line}`);
      expect(parseComment(quoted.join("\n"))).toEqual([]);
    }),
  );
});
