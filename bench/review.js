import { performance } from "node:perf_hooks";
import { planChange } from "../lib/streams/plan/plan-change.js";
import { renderPlanMarkdown } from "../lib/streams/plan/render-plan-markdown.js";
import { validateRepository } from "../lib/streams/validate-repository.js";
import { readWorkingTree } from "../lib/cli/read-working-tree.js";
import { nameOf, streamText } from "./make-repository.js";

const [root = ".", rounds = "20"] = process.argv.slice(2);
const now = new Date("2026-01-01T00:00:00Z");

/** The same objects for the same files, as the bot keeps them. */
const files = readWorkingTree(root).sort((a, b) => (a.path < b.path ? -1 : 1));
const base = validateRepository(files, { now });
const times = Array.from({ length: Number(rounds) }, (_, round) => {
  const index = 100 + round;
  const path = `streams/${nameOf(index)}.yaml`;
  const content = new TextEncoder().encode(streamText(index, "small"));
  const changed = files.map((file) =>
    file.path === path ? { path, mode: "file", size: content.length, content } : file,
  );
  const cpu = process.cpuUsage();
  const start = performance.now();
  const head = validateRepository(changed, { now });
  const validated = performance.now();
  const plan = planChange(base, head, { now });
  renderPlanMarkdown(plan);
  const planned = performance.now();
  if (plan.builds.length !== 1) throw new Error(`${plan.builds.length} builds instead of one`);
  const { user, system } = process.cpuUsage(cpu);
  return {
    validate: validated - start,
    plan: planned - validated,
    whole: planned - start,
    processor: (user + system) / 1000,
  };
});
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const figures = Object.fromEntries(
  ["validate", "plan", "whole", "processor"].map((part) => [
    part,
    median(times.map((time) => time[part])),
  ]),
);
const { rss } = process.memoryUsage();
process.stdout.write(
  JSON.stringify({ ...figures, worst: Math.max(...times.map((t) => t.whole)), rss }),
);
