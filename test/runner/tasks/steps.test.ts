import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { temporaryDirectory, until } from "../helpers.ts";
import { ending, startTaskEngine, type Json, type TaskEngine } from "./task-engine.ts";

const say = (name: string, script: string, more: Json = {}): Json => ({ name, script, ...more });
const secrets = { login: { user: "ada", password: "t0p-Secret" } };
const configMaps = { site: { zone: "north", "other-key": "x" } };

describe.each(["process", "auto"] as const)("steps, isolation %s", (isolation) => {
  let engine: TaskEngine;
  beforeEach(async () => {
    engine = await startTaskEngine({ isolation, secrets, configMaps });
  });
  afterEach(() => engine.close());

  test("a step hands results of every type to later steps and to the Task", async () => {
    const run = await engine.task("hand-on", {
      results: [
        { name: "copied", value: "$(steps.make.results.word)" },
        { name: "list", type: "array", value: "$(steps.make.results.list[*])" },
      ],
      steps: [
        say(
          "make",
          `printf one >$(step.results.word.path); printf '["a b","c"]' >$(step.results.list.path)
           printf '{"k":"v"}' >$(step.results.map.path)`,
          {
            results: [
              { name: "word" },
              { name: "list", type: "array" },
              { name: "map", type: "object", properties: { k: {} } },
            ],
          },
        ),
        say("use", 'printf "<%s>" "$W" "$@"', {
          env: [{ name: "W", value: "$(steps.make.results.word)" }],
          args: ["$(steps.make.results.list[*])", "$(steps.make.results.map.k)"],
        }),
      ],
    });
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-use")).toBe("<one><a b><c><v>\n");
    expect(run.status.results).toEqual([
      { name: "copied", type: "string", value: "one" },
      { name: "list", type: "array", value: ["a b", "c"] },
    ]);
    expect(run.status.steps?.[0]?.results).toEqual([
      { name: "list", type: "array", value: ["a b", "c"] },
      { name: "map", type: "object", value: { k: "v" } },
      { name: "word", type: "string", value: "one" },
    ]);
  });

  test.each<[string, Json, number]>([
    ["a signal", { script: "kill -KILL $$" }, 255],
    ["what a shell gives for a signal", { script: "exit 137" }, 137],
    ["a program that is not there", { image: "x", command: ["no-such-program"] }, 1],
    ["a path that is not there", { image: "x", command: ["/no/such/program"] }, 1],
    ["a folder", { image: "x", command: ["/usr"] }, 1],
    ["a script whose interpreter is not there", { script: "#!/no/such/shell\ntrue" }, 1],
    ["a script that does not find a program", { script: "no-such-program" }, 127],
    [
      "a program that gives what a shell would",
      { image: "x", command: ["sh", "-c", "exit 126"] },
      126,
    ],
    ["a shell that this machine has not", { image: "x", command: ["ash", "-c", "exit 127"] }, 127],
  ])("a step ends with Tekton's exit code after %s", async (_, step, exitCode) => {
    const run = await engine.task("code", { steps: [{ name: "s", ...step }] });
    expect(ending(run)).toBe(`False StepFailed: "step-s" exited with code ${exitCode}: Error`);
  });

  test("onError does not go on after a step whose program is not there", async () => {
    const missing = { name: "s", image: "x", command: ["no-such-program"], onError: "continue" };
    const run = await engine.task("missing", { steps: [missing, say("never", "true")] });
    expect(run.status.steps?.map(({ terminationReason }) => terminationReason)).toEqual([
      "Error",
      "Skipped",
    ]);
    expect(await engine.logOf(run, "step-s")).toMatch(/no-such-program.*(not found|No such file)/);
  });

  test("what a step's environment says to Perl is for the step alone", async () => {
    const env = [{ name: "PERL5OPT", value: "-MNo::Such::Module" }];
    const run = await engine.task("perl", { steps: [say("s", "true", { env })] });
    expect(ending(run)).toBe("True Succeeded");
  });

  test("a step may begin in a directory of Tekton's", async () => {
    const run = await engine.task("at-home", {
      steps: [say("s", "true", { workingDir: "/tekton/home" })],
    });
    expect(ending(run)).toBe("True Succeeded");
  });

  test("an image named by a param runs what it would without a script, and no other does", async () => {
    const params = [{ name: "image", default: "docker.io/library/bash" }];
    const args = ["echo", "it ran"];
    const step = { name: "s", image: "$(params.image)", args };
    const run = await engine.task("known", { params, steps: [step] });
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-s")).toBe("it ran\n");

    // The param of the StepAction, and not that of the Task.
    const unknown = [{ name: "image", default: "registry/tool" }];
    engine.action("tool", { params: unknown, image: "$(params.image)", args });
    const refused = await engine.task("unknown", {
      params,
      steps: [{ name: "s", ref: { name: "tool" } }],
    });
    expect(ending(refused)).toMatch(/entrypoint of its image "registry\/tool", which is not known/);
  });

  test("a StepAction sees its own params alone, with defaults that name each other", async () => {
    engine.action("greet", {
      image: "bash",
      params: [
        { name: "who" },
        { name: "text", default: "hello $(params.who)" },
        { name: "words", type: "array", default: ["x"] },
      ],
      results: [{ name: "said" }],
      env: [{ name: "T", value: "$(params.text)" }],
      args: ["$(params.words[*])"],
      script: 'printf "%s/" "$T" "$@" "$FROM" >$(step.results.said.path)',
    });
    const run = await engine.task(
      "action",
      {
        params: [{ name: "who", default: "task" }],
        results: [{ name: "said", value: "$(steps.call.results.said)" }],
        stepTemplate: { env: [{ name: "FROM", value: "template" }] },
        steps: [
          {
            name: "call",
            ref: { name: "greet" },
            params: [
              { name: "who", value: "$(params.who)!" },
              { name: "words", value: ["p", "q"] },
            ],
          },
        ],
      },
      {},
    );
    expect(ending(run)).toBe("True Succeeded");
    expect(run.status.results?.[0]?.value).toBe("hello task!/p/q/template/");
    expect(run.status.taskSpec?.steps[0]).toMatchObject({ name: "call", image: "bash" });
  });

  test("a script may use what bash and ash have in common, whatever this machine's sh is", async () => {
    const run = await engine.task("shells", {
      steps: [
        say("none", "x=1; [[ $x == 1 ]]"),
        say("named", "#!/bin/sh -e\n[[ $0 == /* ]]; false; exit 0", { onError: "continue" }),
        say("found", "#!/usr/bin/env sh\n[[ 1 == 1 ]]"),
        say("ash", "#!/usr/bin/env ash\n[ 1 == 1 ]"),
        { name: "command", image: "busybox", args: ["-c", "[[ 1 == 1 ]]"] },
      ],
    });
    expect(ending(run)).toBe("True Succeeded");
    expect(run.status.steps?.[1]?.terminated?.exitCode).toBe(1);
  });

  test("when skips a step alone, and what it would have left stays unknown", async () => {
    const run = await engine.task("when", {
      params: [{ name: "on", default: "no" }],
      steps: [
        say("first", "printf yes >$(step.results.go.path)", { results: [{ name: "go" }] }),
        say("skipped", "exit 9", {
          when: [{ input: "$(params.on)", operator: "in", values: ["yes"] }],
        }),
        say("taken", "echo taken", {
          when: [{ input: "$(steps.first.results.go)", operator: "in", values: ["yes"] }],
        }),
        say("cel", "exit 9", { when: [{ cel: "'$(params.on)' == 'yes'" }] }),
      ],
    });
    expect(ending(run)).toBe("True Succeeded");
    expect(
      run.status.steps?.map(({ terminationReason, terminated }) => [
        terminationReason,
        terminated?.exitCode,
      ]),
    ).toEqual([
      ["Completed", 0],
      ["Skipped", 0],
      ["Completed", 0],
      ["Skipped", 0],
    ]);
  });

  test("an ignored exit code is kept for later steps, by the step's name and by its place", async () => {
    const run = await engine.task("codes", {
      steps: [
        say("forgiven", "exit 3", { onError: "continue" }),
        say(
          "reader",
          `test "$(cat $(steps.step-forgiven.exitCode.path))" = 3
           cd "$(dirname $(steps.step-forgiven.exitCode.path))/.."; test "$(cat 0/exitCode)" = 3`,
        ),
        { script: "exit 4" },
        { script: "echo never" },
      ],
    });
    expect(ending(run)).toBe('False StepFailed: "step-unnamed-2" exited with code 4: Error');
    expect(
      run.status.steps?.map(({ container, terminationReason, terminated }) => [
        container,
        terminationReason,
        terminated?.exitCode,
        terminated?.reason,
      ]),
    ).toEqual([
      ["step-forgiven", "Continued", 3, "Completed"],
      ["step-reader", "Completed", 0, "Completed"],
      ["step-unnamed-2", "Error", 4, "Error"],
      ["step-unnamed-3", "Skipped", 1, "Error"],
    ]);
  });

  test("the environment comes from secrets, config maps and the pod, the podTemplate's last", async () => {
    const run = await engine.task(
      "environment",
      {
        params: [{ name: "map", default: "site" }],
        stepTemplate: {
          env: [
            { name: "A", value: "template" },
            { name: "B", value: "template" },
          ],
        },
        steps: [
          say("s", 'echo "$L_user $ZONE $TEAM $NAME $A $B $C $other-key $NONE."', {
            envFrom: [
              { prefix: "L_", secretRef: { name: "login" } },
              { configMapRef: { name: "none", optional: true } },
            ],
            env: [
              { name: "B", value: "step" },
              {
                name: "ZONE",
                valueFrom: { configMapKeyRef: { name: "$(params.map)", key: "zone" } },
              },
              { name: "TEAM", valueFrom: { fieldRef: { fieldPath: "metadata.labels['team']" } } },
              { name: "NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
              {
                name: "NONE",
                valueFrom: { secretKeyRef: { name: "x", key: "y", optional: true } },
              },
              { name: "C", value: "$(B)-$(ZONE)" },
            ],
          }),
        ],
      },
      { podTemplate: { env: [{ name: "A", value: "pod" }] } },
    );
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-s")).toBe(
      "ada north okd environment-pod pod step step-north -key .\n",
    );
  });

  test("a missing secret of any step is told by its name before the first one starts", async () => {
    const run = await engine.task("missing", {
      steps: [say("s", "true"), say("t", "true", { envFrom: [{ secretRef: { name: "gone" } }] })],
    });
    expect(ending(run)).toMatch(
      /^False CreateContainerConfigError: .*"step-t": .*there is no secret "gone"/,
    );
    expect(run.status.steps?.map(({ terminated }) => terminated)).toEqual([undefined, undefined]);
  });

  test("the prefix of envFrom may have variables", async () => {
    const run = await engine.task(
      "prefixed",
      {
        params: [{ name: "prefix" }],
        steps: [
          say("s", "echo $OF_zone", {
            envFrom: [{ prefix: "$(params.prefix)_", configMapRef: { name: "site" } }],
          }),
        ],
      },
      { params: [{ name: "prefix", value: "OF" }] },
    );
    expect(await engine.logOf(run, "step-s")).toBe("north\n");
  });

  test("output goes to files too, of both streams or of one", async () => {
    const run = await engine.task("redirect", {
      results: [{ name: "out" }, { name: "both" }],
      steps: [
        say("split", "echo o; echo e >&2", { stdoutConfig: { path: "$(results.out.path)" } }),
        say("joined", "echo o; echo e >&2; exit 7", {
          onError: "continue",
          stdoutConfig: { path: "$(results.both.path)" },
          stderrConfig: { path: "$(results.both.path)" },
        }),
      ],
    });
    expect(ending(run)).toBe("True Succeeded");
    expect(run.status.results?.map(({ value }) => value)).toEqual(["o\n", "o\ne\n"]);
    expect(run.status.steps?.[1]?.terminated?.exitCode).toBe(7);
    expect((await engine.logOf(run, "step-split")).split("\n").sort()).toEqual(["", "e", "o"]);
  });

  test("artifacts are told in the status, and later steps read them as JSON", async () => {
    const artifact = { name: "image", values: [{ uri: "pkg:x", digest: { sha256: "ab" } }] };
    const run = await engine.task("artifacts", {
      steps: [
        say("make", `echo '${JSON.stringify({ outputs: [artifact] })}' >$(step.artifacts.path)`),
        say("use", "echo '$(steps.make.outputs.image)'"),
      ],
    });
    expect(run.status.steps?.[0]?.outputs).toEqual([artifact]);
    expect(await engine.logOf(run, "step-use")).toBe(`${JSON.stringify(artifact.values)}\n`);
  });

  test("results have defaults, and object results need their keys", async () => {
    const run = await engine.task("defaults", {
      results: [
        { name: "given", default: "d" },
        { name: "left", type: "array", default: ["a"] },
      ],
      steps: [say("s", "printf written >$(results.given.path)")],
    });
    expect(run.status.results?.map(({ value }) => value)).toEqual(["written", ["a"]]);
    const poor = await engine.task("poor", {
      results: [{ name: "o", type: "object", properties: { a: {}, b: {} } }],
      steps: [say("s", `echo '{"a":"1"}' >$(results.o.path)`)],
    });
    expect(ending(poor)).toBe('False TaskRunValidationFailed: result "o" lacks the keys b');
  });

  test("results may be larger where each has a size of its own", async () => {
    const own = await startTaskEngine({ isolation, maxResultSize: 5000 });
    const results = [{ name: "a" }, { name: "b" }];
    const write = (bytes: number): string =>
      `head -c ${bytes} /dev/zero | tr '\\0' x | tee $(results.a.path) >$(results.b.path)`;
    const large = await own.task("large", { results, steps: [say("s", write(5000))] });
    const larger = await own.task("larger", { results, steps: [say("s", write(5001))] });
    await own.close();
    expect(large.status.results?.map(({ value }) => value.length)).toEqual([5000, 5000]);
    expect(ending(larger)).toMatch(/: "step-s": the result "a" is larger than 5000 bytes\. /);
    const plain = await engine.task("plain", { results, steps: [say("s", write(2048))] });
    expect(ending(plain)).toMatch(
      /larger than 4096 bytes together, at result "b"\. .*--max-result-size/,
    );
  });

  test("a step finds nothing at the path of a workspace that others have to themselves", async () => {
    const path = "$(workspaces.w.path)/f";
    const run = await engine.task(
      "kept",
      {
        workspaces: [{ name: "w" }],
        steps: [
          say("user", `echo x >${path}`, { workspaces: [{ name: "w" }] }),
          say("other", `test ! -e ${path}`),
          say("again", `test -e ${path}`, { workspaces: [{ name: "w" }] }),
        ],
      },
      { workspaces: [{ name: "w", emptyDir: {} }] },
    );
    expect(ending(run)).toBe("True Succeeded");
  });

  test("a param's value may name the Task's context, workspaces and results, but no param", async () => {
    const run = await engine.task(
      "handed-in",
      {
        params: [{ name: "text" }, { name: "list", type: "array" }, { name: "other" }],
        workspaces: [{ name: "w" }],
        results: [{ name: "r" }],
        steps: [
          say("s", `echo "$(params.text)"; printf '<%s>' "$@" '$(params.other)'`, {
            args: ["$(params.list[*])"],
          }),
        ],
      },
      {
        workspaces: [{ name: "w", emptyDir: {} }],
        params: [
          { name: "text", value: "$(context.taskRun.name) $(context.task.retry-count)" },
          { name: "list", value: ["$(workspaces.w.bound)", "$(results.r.path)"] },
          { name: "other", value: "$(params.text)" },
        ],
      },
    );
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-s")).toMatch(
      /^handed-in 0\n<true><\/.*tekton\/results\/r><\$\(params\.text\)>\n$/,
    );
  });

  test("a value beyond a param's enum is told as one before anything starts", async () => {
    const spec = { params: [{ name: "p", enum: ["a", "b"] }], steps: [say("s", "true")] };
    const given = (value: string): Json => ({ params: [{ name: "p", value }] });
    expect(ending(await engine.task("within", spec, given("b")))).toBe("True Succeeded");
    const beyond = await engine.task("beyond", spec, given("c"));
    expect(ending(beyond)).toBe('False InvalidParamValue: param "p" must be one of a, b');
    expect(beyond.status.steps).toEqual([{ name: "s" }]);
  });

  test("an embedded Task sees the run's params and workspaces undeclared", async () => {
    const run = await engine.task(
      "propagated",
      { steps: [say("s", "echo $(params.p) >$(workspaces.w.path)/f; cat $(workspaces.w.path)/f")] },
      { params: [{ name: "p", value: "told" }], workspaces: [{ name: "w", emptyDir: {} }] },
    );
    expect(await engine.logOf(run, "step-s")).toBe("told\n");
  });

  test("credentials of the ServiceAccount stand in the home directory", async () => {
    const own = await startTaskEngine({
      isolation,
      accounts: {
        builder: [
          {
            name: "key",
            type: "kubernetes.io/ssh-auth",
            annotations: { "tekton.dev/git-0": "git.example:2222" },
            data: { "ssh-privatekey": "PRIVATE" },
          },
        ],
      },
    });
    const run = await own.task(
      "credentials",
      {
        steps: [
          say(
            "s",
            "cat $HOME/.ssh/id_key $(credentials.path)/.ssh/config; stat -c %a $HOME/.ssh/id_key",
          ),
        ],
      },
      { serviceAccountName: "builder" },
    );
    const log = await own.logOf(run, "step-s");
    await own.close();
    expect(log).toMatch(
      /^PRIVATE\nHost git\.example\n {4}HostName git\.example\n {4}Port 2222\n {4}IdentityFile \/.*creds\/\.ssh\/id_key\n600\n$/,
    );
  });

  test("a sidecar is up before the steps, is told in the status, and ends with them", async () => {
    const run = await engine.task(
      "sidecar",
      {
        workspaces: [{ name: "w", optional: true }],
        steps: [say("s", "cat $(workspaces.w.path)/ready")],
        sidecars: [
          {
            name: "server",
            script: 'echo up; while true; do sleep 0.05; touch "$(workspaces.w.path)/live"; done',
            env: [{ name: "W", value: "$(workspaces.w.path)" }],
            readinessProbe: {
              exec: { command: ["sh", "-c", "echo yes >$W/ready"] },
            },
          },
        ],
      },
      { workspaces: [{ name: "w", emptyDir: {} }] },
    );
    expect(ending(run)).toBe("True Succeeded");
    expect(await engine.logOf(run, "step-s")).toBe("yes\n");
    expect(await engine.logOf(run, "sidecar-server")).toBe("up\n");
    expect(run.status.sidecars).toMatchObject([
      { name: "server", container: "sidecar-server", terminated: { exitCode: 137 } },
    ]);
  });

  test("a sidecar that failed before the steps ended fails the run", async () => {
    const run = await engine.task("broken-sidecar", {
      steps: [say("s", "true")],
      sidecars: [{ name: "server", script: "exit 5" }],
    });
    expect(ending(run)).toBe('False SidecarFailed: "sidecar-server" exited with code 5: Error');
  });

  test("a sidecar that failed is the reason of a step's failure, and not of a success, beside others", async () => {
    const sidecars = [say("server", "exit 5"), say("other", "sleep 60")];
    const failed = await engine.task("both", { steps: [say("s", "exit 1")], sidecars });
    expect(ending(failed)).toBe('False SidecarFailed: "sidecar-server" exited with code 5: Error');
    const well = await engine.task("well", { steps: [say("s", "true")], sidecars });
    expect(ending(well)).toBe("True Succeeded");
  });
});

test("in plain processes too, what left its process group dies with its step", async () => {
  const engine = await startTaskEngine({ isolation: "process" });
  const pids = join(await temporaryDirectory(), "pids");
  await engine.task("stray", {
    steps: [say("s", `setsid sh -c 'echo $$ >${pids}; exec sleep 7532' & sleep 0.2`)],
  });
  const pid = Number(await readFile(pids, "utf8"));
  expect(pid).toBeGreaterThan(0);
  await until(() => !isAlive(pid));
  await engine.close();
  await rm(dirname(pids), { recursive: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
