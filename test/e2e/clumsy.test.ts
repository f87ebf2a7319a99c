import { spawn, type ChildProcess } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { packageRoot } from "../../src/package-root.ts";

const minute = 60_000;

describe("okd-streams in clumsy hands", () => {
  const directory = mkdtempSync(join(tmpdir(), "okd-streams-clumsy-"));
  const temporary = join(directory, "tmp");
  let occupied: Server;
  let port = 0;

  beforeAll(async () => {
    mkdirSync(temporary);
    writeFileSync(join(directory, "broken.yaml"), "kind: Task\n  spec: [\n");
    writeFileSync(join(directory, "pod.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n");
    const run = (name: string, task: object): string =>
      JSON.stringify({
        apiVersion: "tekton.dev/v1",
        kind: "PipelineRun",
        metadata: { name },
        spec: { pipelineSpec: { tasks: [{ name: "t", ...task }] } },
      });
    const taskSpec = { steps: [{ name: "s", image: "x", script: `touch ${directory}/started` }] };
    const runs = [run("one", { taskSpec }), run("two", { taskSpec, runAfter: ["t"] })];
    writeFileSync(join(directory, "runs.yaml"), runs.join("\n---\n"));
    occupied = createServer().listen(0, "127.0.0.1");
    await once(occupied, "listening");
    const address = occupied.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });
  afterAll(() => {
    occupied.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function start(args: readonly string[], environment: Record<string, string> = {}): ChildProcess {
    return spawn(process.execPath, [join(packageRoot, "lib/cli/main.js"), ...args], {
      cwd: directory,
      env: { PATH: process.env["PATH"] ?? "", TMPDIR: temporary, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  async function complaintOf(child: ChildProcess): Promise<string> {
    if (child.stderr === null) throw new Error("the process has no stderr");
    const [complaint] = await Promise.all([text(child.stderr), once(child, "close")]);
    return complaint;
  }

  test.each([
    ["nonsense", "--help"],
    ["validate --nope", "--nope"],
    ["validate missing", "missing"],
    ["validate broken.yaml -o xml", "json"],
    ["plan", "streams/"],
    ["render", "stream"],
    ["render edge", "streams/"],
    ["run", "-f"],
    ["run edge -f pod.yaml", "both"],
    ["run -f missing.yaml", "missing.yaml"],
    ["run -f .", "broken.yaml:1:"],
    ["run -f broken.yaml", "broken.yaml:1:"],
    ["run -f pod.yaml", "Pod"],
    ["run -f pod.yaml --param novalue", "NAME=VALUE"],
    ["run -f pod.yaml --isolation magic", "namespace"],
    ["run -f runs.yaml --isolation process", "Nothing was started"],
    ["serve", "APP_ID"],
    ["demo --port none", "65535"],
    ["demo --script --record pod.yaml/story", "--record"],
  ])("%s is refused with what to do instead", async (words, named) => {
    const child = start(words.split(" "));
    const complaint = await complaintOf(child);
    expect(child.exitCode).toBe(2);
    expect(complaint).toContain(named);
    expect(complaint).not.toMatch(/^ +at /m);
    expect(existsSync(join(directory, "started"))).toBe(false);
  });

  test("a machine without git is told so", async () => {
    const child = start(["demo", "--script"], { PATH: temporary });
    expect(await complaintOf(child)).toContain("Install git");
    expect(child.exitCode).toBe(2);
  });

  test("a port that is taken is said, by the demo and by the bot", async () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    writeFileSync(join(directory, "server.yaml"), `publicUrl: http://127.0.0.1:${port}\n`);
    const demo = start(["demo", "--script", "--port", String(port)]);
    const bot = start(["serve", "--config", "server.yaml"], {
      APP_ID: "1",
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: "0123456789abcdef",
      GHE_HOST: `127.0.0.1:${port}`,
      GHE_PROTOCOL: "http",
      HOST: "127.0.0.1",
      PORT: String(port),
    });
    for (const complaint of await Promise.all([complaintOf(demo), complaintOf(bot)]))
      expect(complaint).toMatch(new RegExp(`${port}: .*EADDRINUSE.*\\. (Choose|Set) `));
    expect([demo.exitCode, bot.exitCode]).toEqual([2, 2]);
  }, 30_000);

  test(
    "Ctrl-C in the middle of the story ends the demo, and leaves nothing behind",
    async () => {
      const demo = start(["demo", "--port", "0"]);
      let told = "";
      await new Promise<void>((middle) => {
        demo.stdout?.on("data", (chunk: Buffer) => {
          told += chunk.toString();
          if (told.includes("\n3. ")) middle();
        });
      });
      demo.kill("SIGINT");
      await once(demo, "close");
      expect(demo.exitCode).toBe(130);
      const bot = /Releases +(http:\S+)/.exec(told)?.[1] ?? "";
      await expect(fetch(bot)).rejects.toThrow("fetch failed");
      expect(existsSync(temporary) ? readdirSync(temporary) : []).toEqual([]);
    },
    minute / 2,
  );
});
