import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { packageRoot } from "../../src/package-root.ts";
import { until } from "../runner/helpers.ts";

const minute = 60_000;

const object = z.object({
  status: z.object({
    conditions: z.array(z.object({ reason: z.string() })),
    childReferences: z.array(z.object({ pipelineTaskName: z.string() })),
    skippedTasks: z.array(z.object({ name: z.string() })).optional(),
  }),
});

describe("okd-streams run that is interrupted", () => {
  let directory: string;
  let command: ChildProcess;
  let output: string[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "okd-streams-interrupted-"));
    output = [];
  });
  afterEach(() => {
    const isOver = command.exitCode !== null || command.signalCode !== null;
    if (!isOver) interrupt("SIGKILL");
    rmSync(directory, { recursive: true });
  });

  const marker = (name: string): string => join(directory, name);

  /** Says who it is, with a child in the background as builds have them, and goes on for longer than any test. */
  const endless = (name: string): string => `
    sleep 606 &
    echo "$! $$" >"${marker(name)}.new"
    mv "${marker(name)}.new" "${marker(name)}"
    sleep 607`;

  const task = (name: string, script: string, fields: object = {}): object => ({
    ...{ name, taskSpec: { steps: [{ name: "s", script }] } },
    ...fields,
  });

  /** Starts the command as a shell starts it, the first of its process group, and waits for its first task. */
  async function start(lastly: string): Promise<void> {
    const file = join(directory, "run.json");
    const pipelineSpec = {
      tasks: [task("first", endless("first")), task("second", "true", { runAfter: ["first"] })],
      finally: [task("lastly", lastly)],
    };
    writeFileSync(
      file,
      JSON.stringify({
        ...{ apiVersion: "tekton.dev/v1", kind: "PipelineRun" },
        ...{ metadata: { name: "interrupted" }, spec: { pipelineSpec } },
      }),
    );
    const main = join(packageRoot, "lib/cli/main.js");
    const args = [main, "run", "--isolation", "process", "-o", "json", "-f", file];
    command = spawn(process.execPath, args, {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, TMPDIR: directory },
    });
    command.stdout?.setEncoding("utf8").on("data", (text: string) => output.push(text));
    await until(() => existsSync(marker("first")));
  }

  /** Ctrl-C in a terminal reaches the whole process group. */
  function interrupt(signal: NodeJS.Signals): void {
    process.kill(-(command.pid ?? 0), signal);
  }

  function exitCode(): Promise<unknown> {
    return new Promise((resolve) => command.once("close", resolve));
  }

  function alive(name: string): boolean {
    const pids = readFileSync(marker(name), "utf8").trim().split(" ");
    return pids.some((pid) => {
      const file = `/proc/${pid}/status`;
      return existsSync(file) && !/^State:\s+Z/m.test(readFileSync(file, "utf8"));
    });
  }

  const left = (): readonly string[] =>
    readdirSync(directory).filter((name) => name.startsWith("okd-streams-run-"));

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends its tasks and runs finally at the first %s",
    async (signal) => {
      await start(`echo done >"${marker("lastly")}"`);
      const code = exitCode();
      interrupt(signal);
      expect(await code).toBe(1);
      expect(existsSync(marker("lastly"))).toBe(true);
      const { status } = object.parse(JSON.parse(output.join("")));
      expect(status.conditions[0]?.reason).toBe("Cancelled");
      const started = status.childReferences.map(({ pipelineTaskName }) => pipelineTaskName);
      expect(started).toEqual(["first", "lastly"]);
      expect(status.skippedTasks?.map(({ name }) => name)).toEqual(["second"]);
      expect(alive("first")).toBe(false);
      expect(left()).toEqual([]);
    },
    minute,
  );

  test(
    "ends everything at the second signal",
    async () => {
      await start(endless("lastly"));
      const code = exitCode();
      interrupt("SIGINT");
      await until(() => existsSync(marker("lastly")));
      expect(alive("first")).toBe(false);
      interrupt("SIGINT");
      expect(await code).toBe(1);
      expect(object.parse(JSON.parse(output.join(""))).status.conditions[0]?.reason).toBe(
        "Cancelled",
      );
      expect(alive("lastly")).toBe(false);
      expect(left()).toEqual([]);
    },
    minute,
  );

  test(
    "leaves neither a process nor its folder behind when it is killed",
    async () => {
      await start("true");
      command.kill("SIGKILL");
      await until(() => !alive("first"));
      await until(() => left().length === 0);
    },
    minute,
  );
});
