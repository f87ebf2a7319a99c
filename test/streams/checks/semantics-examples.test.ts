import { describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { isRecord } from "../../../src/streams/json.ts";
import { acrossStreamsRules } from "../../../src/streams/rules/across-streams-rules.ts";
import { channelRules } from "../../../src/streams/rules/channel-rules.ts";
import { fileRules } from "../../../src/streams/rules/file-rules.ts";
import { policyRules } from "../../../src/streams/rules/policy-rules.ts";
import type { Example, Rule } from "../../../src/streams/rules/rule.ts";
import { streamRules } from "../../../src/streams/rules/stream-rules.ts";
import type { StreamsSettings } from "../../../src/streams/types.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import { fileOf, goodFiles, now } from "../repository-of.ts";

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
  ...policyRules,
});

const settings = { apiVersion: "streams.okd.io/v1alpha1", kind: "StreamsSettings" } as const;

/** A policy is off until somebody asks for it. */
function asked(id: string): StreamsSettings["rules"] & object {
  return Object.hasOwn(policyRules, id) ? { [id]: "warn" } : {};
}

describe("the examples of rules of streams and channels", () => {
  test.each(
    all.flatMap(([id, { example }]) => (example === undefined ? [] : [[id, example] as const])),
  )("%s", (id, example) => {
    const findingsOf = (side: "wrong" | "right") => {
      const files = Object.entries(overlaid(example, side)).map(([path, text]) =>
        fileOf(path, text),
      );
      return validateRepository(files, { now, settings: { ...settings, rules: asked(id) } })
        .findings;
    };
    const wrong = findingsOf("wrong");
    expect(wrong.map(({ rule }) => rule)).toContain(id);
    const others = wrong.filter(({ rule, severity }) => rule !== id && severity === "error");
    expect(others.map(({ rule, message }) => [rule, message])).toEqual([]);
    const right = findingsOf("right");
    const left = right.filter(({ rule, severity }) => rule === id || severity === "error");
    expect(left.map(({ rule, message }) => [rule, message])).toEqual([]);
  });
});
