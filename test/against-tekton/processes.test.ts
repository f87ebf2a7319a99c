import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { packageRoot } from "../../src/package-root.ts";
import { observe } from "../../src/demo/story/observe.ts";
import { claimsFolder } from "./support/reach.ts";
import { kubectl, listenerUrl, renewNamespace } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespace = "okd-streams";
/** Seconds that nobody else sleeps for. */
const mark = "98765.4321";

/** Where pods are processes of this machine, none may outlive its pod. */
const suite = (await claimsFolder()) === "" ? describe.skip : describe;

beforeAll(() => renewNamespace(namespace), minute);
afterAll(
  () => kubectl(["delete", "namespace", namespace, "--ignore-not-found", "--wait=false"]),
  minute,
);

/** How many processes of this machine have this among their arguments. */
function countProcesses(argument: string): number {
  return readdirSync("/proc").filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(argument);
    } catch {
      return false;
    }
  }).length;
}

function until(what: string, wish: () => boolean): Promise<true> {
  return observe(what, () => Promise.resolve(wish() ? true : undefined));
}

function pod(script: string): string {
  const containers = [{ name: "main", image: "busybox", command: ["/bin/sh", "-c", script] }];
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "sleeper", namespace },
    spec: { containers, terminationGracePeriodSeconds: 1 },
  });
}

const sleeping = pod(`sleep ${mark} & sleep ${mark}`);

suite("the processes of a pod, and their children, end", () => {
  test.each([
    ["with the pod", ["delete", "pod", "sleeper", "-n", namespace], ""],
    [
      "with the pod that is deleted by force",
      ["delete", "pod", "sleeper", "-n", namespace, "--force", "--grace-period=0"],
      "",
    ],
    ["when another pod takes its name", ["replace", "--force", "-f", "-"], pod("true")],
    ["with its namespace", ["delete", "namespace", namespace], ""],
  ])(
    "%s",
    async (_, ends, input) => {
      await kubectl(["delete", "pod", "sleeper", "-n", namespace, "--ignore-not-found"]);
      await kubectl(["create", "-f", "-"], sleeping);
      await until("both sleep", () => countProcesses(mark) === 2);
      await kubectl(ends, input);
      await until("neither sleeps", () => countProcesses(mark) === 0);
    },
    minute,
  );
});

suite("the process of a listener ends", () => {
  const sinks = () => countProcesses(`--el-namespace=${namespace}`);

  test.each([
    ["with the listener", ["delete", "eventlistener", "okd-streams", "-n", namespace]],
    ["with its namespace", ["delete", "namespace", namespace]],
  ])(
    "%s",
    async (_, ends) => {
      await renewNamespace(namespace);
      await kubectl(["apply", "-k", join(packageRoot, "tekton", "triggers")]);
      await listenerUrl(namespace, "okd-streams");
      expect(sinks()).toBe(1);
      await kubectl(ends);
      await until("it ended", () => sinks() === 0);
    },
    2 * minute,
  );
});
