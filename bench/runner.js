// A graph of 100 tasks of one `true` step on the local runner, beside the same 100 scripts started by xargs.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";

const count = 100;
const roundCount = 7;
const parallel = Math.max(4, availableParallelism());
const folder = mkdtempSync(join(tmpdir(), "okd-streams-bench-runner-"));
const cli = fileURLToPath(new URL("../lib/cli/main.js", import.meta.url));

try {
  const okdStreams = (...args) => [process.execPath, cli, ...args];
  const run = okdStreams("run", "--isolation", "process", "--max-parallel", String(parallel));
  const xargsOf = ["xargs", "-P", String(parallel), "-n", "1", "-a"];
  const measured = measure({
    xargs: [...xargsOf, listScripts("/bin/sh"), "env"],
    // What steps have for their shell, where the machine has it.
    bash: [...xargsOf, listScripts(findBash()), "env"],
    graph: [...run, "-o", "json", "-f", writeGraph("graph.yaml", count)],
    single: [...run, "-o", "json", "-f", writeGraph("single.yaml", 1)],
    version: okdStreams("--version"),
    node: [process.execPath, "-e", "0"],
  });
  const { xargs, bash, graph, single, version, node } = measured;
  const further = {
    seconds: ((graph.seconds - single.seconds) / (count - 1)) * count,
    processor: ((graph.processor - single.processor) / (count - 1)) * count,
  };
  const rows = [
    [`xargs -P, ${count} scripts`, xargs],
    ["the same, by bash", bash],
    [`${count} tasks`, graph],
    ["one task", single],
    [`${count} tasks more`, further],
    ["--version", version],
    ["Node alone", node],
  ];
  const cells = rows.map(([name, { seconds, processor }]) => [
    name,
    `${seconds.toFixed(2)} s`,
    `${processor.toFixed(2)} s`,
    (seconds / xargs.seconds).toFixed(1),
    (processor / xargs.processor).toFixed(1),
  ]);
  const title = `${parallel} at a time, Node ${process.version}, ${cpus().length} cores`;
  const head = [title, "elapsed", "processor", "elapsed / xargs", "processor / xargs"];
  const lines = [head, head.map(() => "---"), ...cells];
  process.stdout.write(lines.map((line) => `| ${line.join(" | ")} |\n`).join(""));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function findBash() {
  const { stdout } = spawnSync("/bin/sh", ["-c", "command -v bash"], { encoding: "utf8" });
  return stdout.trim();
}

function listScripts(shell) {
  const scripts = join(folder, shell.replaceAll(/\W+/g, "-"));
  mkdirSync(scripts);
  const paths = Array.from({ length: count }, (_, index) => {
    const path = join(scripts, `t${index}`);
    writeFileSync(path, `#!${shell}\nset -e\ntrue\n`);
    chmodSync(path, 0o755);
    return path;
  });
  writeFileSync(`${scripts}.list`, paths.join("\n"));
  return `${scripts}.list`;
}

function writeGraph(name, size) {
  const tasks = Array.from({ length: size }, (_, index) => ({
    name: `t${index}`,
    taskSpec: { steps: [{ name: "s", image: "busybox", script: "true" }] },
  }));
  const metadata = { generateName: "bench-" };
  const object = { apiVersion: "tekton.dev/v1", kind: "PipelineRun", metadata };
  writeFileSync(join(folder, name), stringify({ ...object, spec: { pipelineSpec: { tasks } } }));
  return join(folder, name);
}

/** The best of some rounds, in which the commands take turns: what else the machine does only ever adds. */
function measure(commands) {
  const rounds = Array.from({ length: roundCount }, () =>
    Object.entries(commands).map(([name, command]) => [name, time(command)]),
  ).flat();
  return Object.fromEntries(
    Object.keys(commands).map((wanted) => {
      const found = rounds.flatMap(([name, measured]) => (name === wanted ? [measured] : []));
      const seconds = Math.min(...found.map((one) => one.seconds));
      const processor = Math.min(...found.map((one) => one.processor));
      return [wanted, { seconds, processor }];
    }),
  );
}

/** A whole process, its children too, as GNU time counts them. */
function time(command) {
  const started = performance.now();
  const args = ["-f", "%U %S", ...command];
  const { status, stderr } = spawnSync("/usr/bin/time", args, { encoding: "utf8" });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}:\n${stderr}`);
  const last = stderr.trim().split("\n").at(-1) ?? "";
  const [user, system] = last.split(" ").map(Number);
  return { seconds, processor: user + system };
}
