import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { packageRoot } from "../../src/package-root.ts";
import { kubectl, listenerUrl, renewNamespace } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespaces = ["okd-streams", "okd-streams-bot", "okd-coreos"];

/** Applies a folder as its first line says; gives what kubectl tells. */
function apply(folder: string): Promise<string> {
  return kubectl(["apply", "-k", join(packageRoot, folder)]);
}

beforeAll(async () => {
  for (const namespace of namespaces) await renewNamespace(namespace);
}, 3 * minute);
afterAll(async () => {
  await kubectl(["delete", "namespace", ...namespaces, "--ignore-not-found", "--wait=false"]);
}, minute);

describe("the committed manifests", () => {
  test.each([
    "tekton/triggers",
    "deploy/tekton/kind",
    "deploy/tekton/moc",
    "deploy",
    "deploy/cluster-access",
  ])(
    "%s applies, and again without a change",
    async (folder) => {
      await apply(folder);
      const again = (await apply(folder)).trim().split("\n");
      // Triggers' webhook fills in what an EventListener leaves out.
      const changed = again.filter(
        (line) => !/ unchanged$|^eventlistener\..* configured$/.test(line),
      );
      expect(changed).toEqual([]);
    },
    minute,
  );

  test.each([
    ["okd-streams", "okd-streams"],
    ["okd-coreos", "okd-streams"],
  ])(
    "the listener of %s becomes ready",
    async (namespace, name) => {
      expect(await listenerUrl(namespace, name)).toMatch(/^http:/);
    },
    2 * minute,
  );
});

describe("what the service accounts may", () => {
  const bot = "okd-streams:okd-streams-bot";
  const podOfBot = "okd-streams-bot:okd-streams-bot";
  const listener = "okd-streams:okd-streams-triggers";
  const builder = "okd-streams:okd-streams-builder";

  test.each([
    [bot, "watch pipelineruns.tekton.dev", true],
    [bot, "patch pipelineruns.tekton.dev", true],
    [bot, "list taskruns.tekton.dev", true],
    [bot, "get pods/log", true],
    [bot, "create pipelineruns.tekton.dev", false],
    [bot, "delete pipelineruns.tekton.dev", false],
    [bot, "patch taskruns.tekton.dev", false],
    [bot, "get secrets", false],
    [bot, "create pods/exec", false],
    [podOfBot, "watch pipelineruns.tekton.dev", true],
    [podOfBot, "get secrets", false],
    [listener, "create pipelineruns.tekton.dev", true],
    [listener, "delete pipelineruns.tekton.dev", false],
    [builder, "create pipelineruns.tekton.dev", false],
    [builder, "get secrets", false],
    [builder, "get pods", false],
  ])(
    "%s: %s: %s",
    async (account, action, allowed) => {
      const [verb = "", resource = ""] = action.split(" ");
      const answer = await kubectl([
        ...["auth", "can-i", verb, ...resource.split("/", 1)],
        ...(resource.includes("/") ? [`--subresource=${resource.split("/")[1] ?? ""}`] : []),
        ...["-n", "okd-streams", `--as=system:serviceaccount:${account}`],
      ]).catch((error: unknown) => String(error));
      expect(/^(yes|no)$/m.exec(answer)?.[0] ?? "no").toBe(allowed ? "yes" : "no");
    },
    minute,
  );
});
