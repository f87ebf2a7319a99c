// A graph of 100 tasks of one `true` step on the local runner, beside the same 100 scripts started by xargs.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEngine } from "../lib/runner/start-engine.js";

const count = 100;
const rounds = 5;
const script = "#!/bin/sh\nset -e\ntrue\n";
const parallel = Math.max(4, availableParallelism());
const folder = mkdtempSync(join(tmpdir(), "okd-streams-bench-runner-"));
const cli = fileURLToPath(new URL("../lib/cli/main.js", import.meta.url));

const pipelineRun = {
  apiVersion: "tekton.dev/v1",
  kind: "PipelineRun",
  metadata: { generateName: "bench-" },
  spec: {
    pipelineSpec: {
      tasks: Array.from({ length: count }, (_, index) => ({
        name: `t${index}`,
        taskSpec: { steps: [{ name: "s", script: "true" }] },
      })),
    },
  },
};

try {
  const file = join(folder, "run.json");
  writeFileSync(file, JSON.stringify(pipelineRun));
  const scripts = writeScripts();
  const rows = [];
  for (let round = 0; round < rounds; round += 1) {
    rows.push({
      xargs: time(() => runXargs(scripts)),
      engine: await timeEngine(round),
      command: time(() => runCommand(file)),
    });
  }
  const best = (name) => Math.min(...rows.map((row) => row[name]));
  const base = best("xargs");
  const lines = [
    ["xargs -P", base],
    ["the engine, process isolation", best("engine")],
    ["okd-streams run, with the start of Node", best("command")],
  ].map(([name, ms]) => `| ${name} | ${ms.toFixed(0)} ms | ${(ms / base).toFixed(2)} |`);
  const title = `${count} tasks of one step, ${parallel} at a time, best of ${rounds}, Node ${process.version}, ${cpus().length} cores`;
  process.stdout.write(
    `| ${title} | elapsed | elapsed / xargs |\n| --- | --- | --- |\n${lines.join("\n")}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeScripts() {
  mkdirSync(join(folder, "scripts"));
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, "scripts", `t${index}`);
    writeFileSync(path, script);
    chmodSync(path, 0o755);
    return path;
  });
}

function runXargs(scripts) {
  execFileSync("xargs", ["-P", String(parallel), "-n", "1", "env"], { input: scripts.join("\n") });
}

function runCommand(file) {
  const args = [cli, "run", "-f", file, "--isolation", "process", "-o", "json"];
  execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "ignore"] });
}

async function timeEngine(round) {
  const stateDirectory = join(folder, `state-${round}`);
  const engine = startEngine({ stateDirectory, isolation: "process", maxParallelTasks: parallel });
  const begin = performance.now();
  const created = engine.createPipelineRun(pipelineRun);
  await engine.finished(created.value.metadata.name);
  const elapsed = performance.now() - begin;
  const { reason } = engine.store.pipelineRuns.get(created.value.metadata.name).status.conditions[0];
  await engine.close();
  if (reason !== "Succeeded") throw new Error(`the run ended with ${reason}`);
  return elapsed;
}

function time(work) {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
