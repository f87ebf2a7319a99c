// A graph of 100 tasks of one `true` step on the local runner, beside the same 100 scripts started by xargs.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const count = 100;
const rounds = 3;
const parallel = Math.max(4, availableParallelism());
const folder = mkdtempSync(join(tmpdir(), "okd-streams-bench-runner-"));
const cli = fileURLToPath(new URL("../lib/cli/main.js", import.meta.url));

try {
  const run = [process.execPath, cli, "run", "--isolation", "process", "-o", "json", "-f"];
  const xargs = ["xargs", "-P", String(parallel), "-n", "1", "-a", listScripts(), "env"];
  const graph = [...run, writeGraph("graph.json", count)];
  const single = [...run, writeGraph("single.json", 1)];
  const rows = [
    ["xargs -P", measure(xargs)],
    [`${count} tasks`, measure(graph)],
    ["one task", measure(single)],
  ];
  const [[, base]] = rows;
  const cells = rows.map(([name, { seconds, processor }]) => [
    name,
    `${seconds.toFixed(2)} s`,
    `${processor.toFixed(2)} s`,
    (seconds / base.seconds).toFixed(1),
    (processor / base.processor).toFixed(1),
  ]);
  const title = `${parallel} at a time, Node ${process.version}, ${cpus().length} cores`;
  const head = [title, "elapsed", "processor", "elapsed / xargs", "processor / xargs"];
  const lines = [head, head.map(() => "---"), ...cells];
  process.stdout.write(lines.map((line) => `| ${line.join(" | ")} |\n`).join(""));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function listScripts() {
  mkdirSync(join(folder, "scripts"));
  const paths = Array.from({ length: count }, (_, index) => {
    const path = join(folder, "scripts", `t${index}`);
    writeFileSync(path, "#!/bin/sh\nset -e\ntrue\n");
    chmodSync(path, 0o755);
    return path;
  });
  writeFileSync(join(folder, "list"), paths.join("\n"));
  return join(folder, "list");
}

function writeGraph(name, size) {
  const tasks = Array.from({ length: size }, (_, index) => ({
    name: `t${index}`,
    taskSpec: { steps: [{ name: "s", script: "true" }] },
  }));
  const metadata = { generateName: "bench-" };
  const object = { apiVersion: "tekton.dev/v1", kind: "PipelineRun", metadata };
  writeFileSync(
    join(folder, name),
    JSON.stringify({ ...object, spec: { pipelineSpec: { tasks } } }),
  );
  return join(folder, name);
}

/** The best of some rounds: what else the machine does only ever adds. Children count, as GNU time counts them. */
function measure(command) {
  const found = Array.from({ length: rounds }, () => {
    const args = ["-f", "%e %U %S", ...command];
    const { status, stderr } = spawnSync("/usr/bin/time", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}:\n${stderr}`);
    const last = stderr.trim().split("\n").at(-1) ?? "";
    const [seconds, user, system] = last.split(" ").map(Number);
    return { seconds, processor: user + system };
  });
  return {
    seconds: Math.min(...found.map(({ seconds }) => seconds)),
    processor: Math.min(...found.map(({ processor }) => processor)),
  };
}
