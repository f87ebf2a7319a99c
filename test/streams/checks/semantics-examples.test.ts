import { describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { isRecord } from "../../../src/streams/json.ts";
import { acrossStreamsRules } from "../../../src/streams/rules/across-streams-rules.ts";
import { channelRules } from "../../../src/streams/rules/channel-rules.ts";
import { fileRules } from "../../../src/streams/rules/file-rules.ts";
import type { Example, Rule } from "../../../src/streams/rules/rule.ts";
import { streamRules } from "../../../src/streams/rules/stream-rules.ts";
import { goodFiles, repositoryOf } from "../repository-of.ts";

const files = { stream: "streams/edge.yaml", channel: "streams/channels/next/channel.yaml" };

function overlaid(example: Example, side: "wrong" | "right"): Record<string, string> {
  if (example.of === "files") return { ...goodFiles, ...example[side] };
  if (example.of !== "stream" && example.of !== "channel") throw new Error("Another kind.");
  const path = files[example.of];
  const changed = merge(parse(goodFiles[path]!), parse(example[side]));
  return { ...goodFiles, [path]: stringify(changed) };
}

function merge(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above;
  const entries = Object.entries(above).map(([key, value]) => [key, merge(below[key], value)]);
  return { ...below, ...Object.fromEntries(entries) };
}

const all = Object.entries<Rule>({
  ...streamRules,
  ...channelRules,
  ...acrossStreamsRules,
  ...fileRules,
});

describe("the examples of rules of streams and channels", () => {
  test.each(
    all.flatMap(([id, { example }]) => (example === undefined ? [] : [[id, example] as const])),
  )("%s", (id, example) => {
    const wrong = repositoryOf(overlaid(example, "wrong")).findings;
    expect(wrong.map(({ rule }) => rule)).toContain(id);
    const others = wrong.filter(({ rule, severity }) => rule !== id && severity === "error");
    expect(others.map(({ rule, message }) => [rule, message])).toEqual([]);
    const right = repositoryOf(overlaid(example, "right")).findings;
    const left = right.filter(({ rule, severity }) => rule === id || severity === "error");
    expect(left.map(({ rule, message }) => [rule, message])).toEqual([]);
  });
});
