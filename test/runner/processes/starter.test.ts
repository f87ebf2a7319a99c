import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { unwrap } from "../../../src/problem.ts";
import { createStarter } from "../../../src/runner/processes/create-starter.ts";
import { startHelper } from "../../../src/runner/processes/start-helper.ts";
import type { Starter } from "../../../src/runner/processes/starter.ts";
import { killGroup, startReaper, type Reaper } from "../../../src/runner/reaper.ts";
import { until } from "../helpers.ts";

const directory = mkdtempSync(join(tmpdir(), "okd-streams-starter-"));
afterAll(() => rmSync(directory, { recursive: true }));

const environment = { PATH: "/usr/bin:/bin" };

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie in nobody's charge, as in a container without an init, is dead too.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function shell(script: string, ...args: readonly string[]): readonly string[] {
  return ["/bin/sh", "-c", script, "sh", ...args];
}

test("the helper works on this machine", async () => {
  const helper = startHelper();
  expect(await helper.works()).toBe(true);
  await helper.close();
});

describe.each([
  ["the helper", undefined],
  ["Node, where there is no Perl", "/nowhere/perl"],
])("processes started by %s", (_name, perl) => {
  let reaper: Reaper;
  let starter: Starter;
  beforeEach(() => {
    reaper = startReaper();
    starter = createStarter(reaper, perl === undefined ? {} : { perl });
  });
  afterEach(async () => {
    await starter.close();
    reaper.close();
  });

  const begin = async (argv: readonly string[], options: object = {}) => {
    const chunks: Buffer[] = [];
    const launch = { argv, directory, environment, ...options };
    const started = unwrap(await starter.start(launch, (bytes) => chunks.push(Buffer.from(bytes))));
    return { ...started, output: () => Buffer.concat(chunks).toString() };
  };
  const run = async (argv: readonly string[], options: object = {}) => {
    const { ended, output } = await begin(argv, options);
    const code = await ended;
    return { code, output: output() };
  };

  test("get their arguments as they are, and both outputs are one, in order", async () => {
    const script = 'for arg; do printf "%s|" "$arg"; printf "%s|" "$arg" >&2; done';
    const { code, output } = await run(shell(script, "a b", "", "'\n\"", "ü=\\"));
    expect(output).toBe("a b|a b|||'\n\"|'\n\"|ü=\\|ü=\\|");
    expect(code).toBe(0);
  });

  test("have exactly the environment that is given", async () => {
    const given = { ...environment, A: "", B: "x=y\nz", "dotted.name": "1" };
    const { output } = await run(["env", "-0"], { environment: given });
    const entries = output.split("\0").filter((entry) => entry !== "");
    const own = ["PWD=", "SHLVL=", "_="];
    const shown = entries.filter((entry) => !own.some((name) => entry.startsWith(name)));
    // Debian's sh, which Node needs in between, drops what is no name to it.
    const dotted = shown.includes("dotted.name=1") || perl !== undefined;
    expect(dotted).toBe(true);
    expect(shown.filter((entry) => !entry.startsWith("dotted")).sort()).toEqual(
      ["A=", "B=x=y\nz", `PATH=${environment.PATH}`].sort(),
    );
  });

  test("run where they are told to, with nothing to read and no other open file", async () => {
    const script = "pwd; cat; ls /proc/self/fd | wc -l";
    const { output } = await run(shell(script));
    const plain = spawnSync("/bin/sh", ["-c", script], { cwd: directory, encoding: "utf8" });
    expect(output).toBe(plain.stdout);
  });

  test.each([
    ["exit 3", 3],
    ["exit 255", 255],
    ["kill -9 $$", undefined],
    ["kill -15 $$", undefined],
  ])("end with their own exit code: %s", async (script, code) => {
    expect((await run(shell(script))).code).toBe(code);
  });

  test("are told apart where they cannot be started", async () => {
    const file = join(directory, "no-program");
    writeFileSync(file, "", { mode: 0o644 });
    expect((await run(["no-such-program"])).code).toBe(127);
    expect((await run([file])).code).toBe(126);
    const missing = await run(["true"], { directory: join(directory, "missing") });
    expect(missing.code).toBe(1);
    expect(missing.output).toContain("missing");
    const nul = await starter.start({ argv: ["a\0b"], directory, environment }, () => undefined);
    expect(nul.ok).toBe(false);
  });

  test("die with their whole group when it is killed, as soon as they are started", async () => {
    const { pid, ended } = await begin(shell("sleep 601 & sleep 601"));
    killGroup(pid);
    expect(await ended).toBe(undefined);
    await until(() => !alive(pid));
  });

  test("take their group with them when they end", async () => {
    const { ended, output } = await begin(shell("sleep 602 & echo $!"));
    expect(await ended).toBe(0);
    await until(() => !alive(Number(output())));
  });

  test("are over although what left their group holds the output", async () => {
    const { ended, output } = await begin(shell("setsid sleep 603 & echo $!"));
    expect(await ended).toBe(0);
    process.kill(Number(output()), "SIGKILL");
  });

  test("go on when they close their output", async () => {
    const file = join(directory, `closed-${String(perl)}`.replaceAll("/", "-"));
    const { code } = await run(shell('exec >&- 2>&-; sleep 0.2; echo x >"$1"; exit 4', file));
    expect(code).toBe(4);
    expect(existsSync(file)).toBe(true);
  });

  test("write as much as they like, many at a time", async () => {
    const count = 300_000;
    const runs = Array.from({ length: 8 }, () => run(shell(`yes | head -n ${count}`)));
    for (const { code, output } of await Promise.all(runs)) {
      expect(code).toBe(0);
      expect(output.length).toBe(2 * count);
    }
  });

  test("are not started by the hundred in the place of one another", async () => {
    const runs = Array.from({ length: 100 }, (_, index) => run(shell('exit "$1"', String(index))));
    const codes = (await Promise.all(runs)).map(({ code }) => code);
    expect(codes).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });
});

describe("the helper", () => {
  const sleeper = { argv: ["sleep", "604"], directory, environment };

  test("takes what it started with it when the runner is gone", async () => {
    const helper = startHelper();
    const { pid, ended } = unwrap(await helper.start(sleeper, () => undefined));
    await helper.close();
    await until(() => !alive(pid));
    expect(await ended).toBe(undefined);
  });

  describe("that adopts", () => {
    let reaper: Reaper;
    let starter: Starter;
    beforeEach(() => {
      reaper = startReaper();
      starter = createStarter(reaper, { adopts: true });
    });
    afterEach(async () => {
      await starter.close();
      reaper.close();
    });

    const start = async (script: string, home: string, more: object = {}) => {
      const launch = { directory, environment: { ...environment, HOME: home, ...more } };
      return unwrap(await starter.start({ argv: shell(script), ...launch }, () => undefined));
    };
    /** A script that leaves its group, and the file with the number of the process that goes on. */
    const leaving = (name: string, by = "setsid"): { script: string; pid: () => number } => {
      const file = join(directory, name);
      return {
        script: `${by} sh -c 'sleep 605 & echo $! >${file}.new; mv ${file}.new ${file}; wait' >/dev/null 2>&1 &
          until [ -e ${file} ]; do sleep 0.01; done`,
        pid: () => Number(readFileSync(file, "utf8")),
      };
    };
    const release = join(directory, "release");
    const untilReleased = `until [ -e ${release} ]; do sleep 0.01; done`;

    test("ends what left its group with the process that started it", async () => {
      const { script, pid } = leaving("alone");
      await (
        await start(script, "/a")
      ).ended;
      expect(alive(pid())).toBe(false);
    });

    test("while others run, only what has its home, and once nothing else has", async () => {
      const sidecar = await start(untilReleased, "/a");
      const other = leaving("other");
      const busy = await start(`${other.script}; ${untilReleased}`, "/b");
      const own = leaving("own");
      await (
        await start(own.script, "/a")
      ).ended;
      expect(alive(own.pid())).toBe(true);
      await until(() => existsSync(join(directory, "other")));
      killGroup(sidecar.pid);
      await sidecar.ended;
      expect(alive(own.pid())).toBe(false);
      expect(alive(other.pid())).toBe(true);
      writeFileSync(release, "");
      await busy.ended;
      expect(alive(other.pid())).toBe(false);
      rmSync(release);
    });

    test("everything at last, whatever it calls its home", async () => {
      const busy = await start(untilReleased, "/b");
      const { script, pid } = leaving("nameless", "env -i PATH=/usr/bin:/bin setsid");
      await (
        await start(script, "/a")
      ).ended;
      expect(alive(pid())).toBe(true);
      await starter.close();
      expect(alive(pid())).toBe(false);
      await busy.ended;
    });

    test("but nothing that its own process still waits for", async () => {
      const file = join(directory, "worked");
      const script = `(setsid sh -c '(sleep 0.2; echo done >${file}) &' &)
        until [ -e ${file} ]; do sleep 0.01; done`;
      expect(await (await start(script, "/a")).ended).toBe(0);
    });
  });

  test("may be killed: what it started dies, and Node starts what comes then", async () => {
    const reaper = startReaper();
    const starter = createStarter(reaper);
    const parent = { ...sleeper, argv: shell("echo $PPID; exec sleep 605") };
    const heard: string[] = [];
    const { pid, ended } = unwrap(
      await starter.start(parent, (bytes) => heard.push(bytes.toString())),
    );
    await until(() => heard.length > 0);
    process.kill(Number(heard.join("")), "SIGKILL");
    expect(await ended).toBe(undefined);
    await until(() => !alive(pid));
    const again = unwrap(await starter.start({ ...sleeper, argv: ["true"] }, () => undefined));
    expect(await again.ended).toBe(0);
    await starter.close();
    reaper.close();
  });
});
