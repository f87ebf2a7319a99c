import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { observe } from "../../src/demo/story/observe.ts";
import { submitRun } from "../../src/cluster/submit-run.ts";
import { claimsFolder } from "./support/reach.ts";
import { kubectl, listenerUrl, listRuns, renewNamespace } from "./support/tekton-cluster.ts";

const minute = 60_000;
const namespace = "okd-coreos";
const folder = process.env["OKD_FILES"] ?? "";
const triggers = join(folder, "okd-coreos-pipeline", "base", "triggers.tekton.dev");
const given = folder !== "" && existsSync(triggers);
const suite = given && (await claimsFolder()) !== "" ? describe : describe.skip;

suite("OKD's own listener (of the folder OKD_FILES)", () => {
  let url = "";
  beforeAll(async () => {
    await renewNamespace(namespace);
    // OpenShift Pipelines makes this account in every namespace.
    await kubectl(["create", "serviceaccount", "pipeline", "-n", namespace]);
    await allow("rolebinding", "tekton-triggers-eventlistener-roles");
    await allow("clusterrolebinding", "tekton-triggers-eventlistener-clusterroles");
    for (const kind of ["triggerbindings", "triggertemplates", "eventlisteners"])
      await kubectl(["apply", "-n", namespace, "-k", join(triggers, kind)]);
    url = await listenerUrl(namespace, "okd-coreos-prod");
  }, 3 * minute);
  afterAll(async () => {
    await kubectl(["delete", "clusterrolebinding", "okd-coreos-pipeline", "--ignore-not-found"]);
  });

  /** What the account needs so that its listener may start runs. */
  async function allow(kind: string, role: string): Promise<void> {
    await kubectl([
      ...["create", kind, "okd-coreos-pipeline", `--clusterrole=${role}`],
      ...[`--serviceaccount=${namespace}:pipeline`, "-n", namespace],
    ]);
  }

  test(
    "takes our webhook, and starts a run with its params and defaults that is found by the event's id",
    async () => {
      const params = {
        version: "4.19",
        branch: "release-4.19",
        variant: "okd-c9s",
        "release-stream": "next",
        "tag-latest": "true",
        claimname: "pipeline-scos-4.19-pvc",
      };
      const answer = await submitRun(
        { cluster: "moc", url: new URL(url), secret: undefined, timeoutMs: 10_000 },
        { ...payload, params },
      );
      if (answer.outcome !== "taken") throw new Error(answer.problem.what);
      const { eventId } = answer;
      const [run] = await observe(
        "the run",
        () => listRuns(namespace, "-l", `triggers.tekton.dev/triggers-eventid=${eventId}`),
        (runs) => runs.length > 0,
      );
      expect(run?.metadata.name).toMatch(/^okd-coreos-4\.19-prod-pipelinerun-/);
      const given = Object.fromEntries(
        (run?.spec.params ?? []).map(({ name, value }) => [name, value]),
      );
      expect(given).toMatchObject({
        ...params,
        repo: "https://github.com/openshift/os.git",
        "target-registry": "quay.io/okd",
      });
      expect(run?.spec.taskRunTemplate?.serviceAccountName).toBe("pipeline");
      expect(run?.spec.timeouts).toEqual({ pipeline: "4h0m0s" });
    },
    2 * minute,
  );
});

/** What a listener that reads nothing but params makes nothing of. */
const payload: Parameters<typeof submitRun>[1] = {
  run: { id: "0".repeat(64), name: "scos-coreos-0000000000", kind: "build", attempt: "1" },
  repository: {
    id: "1",
    fullName: "okd-project/streams",
    url: "https://github.com/okd-project/streams",
  },
  stream: "scos-coreos",
  subject: "scos-coreos",
  commit: "0".repeat(40),
  pipeline: { name: "okd-coreos", url: "", revision: "", path: "" },
  params: {},
  workspaces: {},
  workspaceKinds: "",
  timeouts: { pipeline: "4h0m0s", tasks: "3h50m0s", finally: "10m0s" },
};
