import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeRepository, nameOf, streamText } from "./make-repository.js";

const count = 10_000;
const rounds = 3;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "okd-streams-bench-"));
const root = join(folder, "repository");
const cache = join(folder, "cache");
process.env["XDG_CACHE_HOME"] = cache;

try {
  makeRepository(root, count);
  const table = [...wholeProcesses(), ...review()];
  process.stdout.write(`${describeMachine()}\n\n${renderTable(table)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function wholeProcesses() {
  const validate = [here("../lib/cli/main.js"), "validate", root];
  const ajv = [
    ...[here("../node_modules/ajv-cli/dist/index.js"), "validate", "--spec=draft2020"],
    ...["-c", "ajv-formats", "-s", here("../schemas/stream.json")],
    ...["-r", here("../schemas/common.json"), "-d", join(root, "streams/*.yaml")],
  ];
  const forget = () => rmSync(cache, { recursive: true, force: true });
  const remember = () => run(validate);
  const changeOne = (round) => {
    const path = join(root, "streams", `${nameOf(round)}.yaml`);
    writeFileSync(path, streamText(round, `round-${round}`));
  };
  return [
    measure("ajv-cli, schema only", ajv),
    measure("validate, everything remembered", validate, remember),
    measure("validate, one file changed since", validate, changeOne),
    measure("validate, nothing remembered", validate, forget),
    measure("validate --no-cache", [...validate, "--no-cache"]),
  ];
}

/** The best of some runs of a whole process: what else the machine does only ever adds. */
function measure(name, args, prepare = () => undefined) {
  const runs = Array.from({ length: rounds }, (_, round) => {
    prepare(round);
    return run(args);
  });
  return { name, ...runs.toSorted((a, b) => a.seconds - b.seconds)[0] };
}

function run(args) {
  const time = ["-f", "%e %U %S %M", process.execPath, ...args];
  const stdio = ["ignore", "ignore", "pipe"];
  const { status, signal, stderr } = spawnSync("/usr/bin/time", time, { encoding: "utf8", stdio });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status ?? signal}:\n${stderr}`);
  const [seconds, user, system, kilobytes] = stderr
    .trim()
    .split("\n")
    .at(-1)
    .split(" ")
    .map(Number);
  return { seconds, processor: user + system, megabytes: kilobytes / 1024 };
}

function review() {
  const output = execFileSync(process.execPath, [here("review.js"), root], { encoding: "utf8" });
  const { whole, processor, rss } = JSON.parse(output);
  const name = "review of one changed file, beyond git";
  return [{ name, seconds: whole / 1000, processor: processor / 1000, megabytes: rss / 1024 ** 2 }];
}

function describeMachine() {
  const files = readdirSync(join(root, "streams")).length;
  return `${files} streams of 60 lines, Node ${process.version}, ${cpus().length} cores (${cpus()[0].model})`;
}

function renderTable(rows) {
  const [ajv] = rows;
  const cells = rows.map(({ name, seconds, processor, megabytes }) => [
    name,
    `${seconds.toFixed(2)} s`,
    `${processor.toFixed(2)} s`,
    `${Math.round(megabytes)} MB`,
    (seconds / ajv.seconds).toFixed(2),
  ]);
  const head = ["", "elapsed", "processor", "memory", "elapsed / ajv-cli"];
  const lines = [head, head.map(() => "---"), ...cells];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}
