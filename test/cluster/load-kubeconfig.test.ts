import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadKubeconfig } from "../../src/cluster/load-kubeconfig.ts";

describe("a kubeconfig", () => {
  const before = process.env["KUBERNETES_SERVICE_HOST"];
  beforeEach(() => {
    delete process.env["KUBERNETES_SERVICE_HOST"];
  });
  afterEach(() => {
    if (before !== undefined) process.env["KUBERNETES_SERVICE_HOST"] = before;
  });

  test("is asked for where none is named and this is no pod", () => {
    expect(loadKubeconfig("moc", { inCluster: true })).toMatchObject({
      ok: false,
      problem: {
        kind: "not-found",
        where: "cluster moc",
        what: "No kubeconfig is named for it, and this process runs in no pod of a cluster.",
        next: expect.stringContaining("`kubeconfig`"),
      },
    });
  });

  test("that is missing is called so", () => {
    expect(loadKubeconfig("moc", { kubeconfigFile: "/nowhere/moc.config" })).toMatchObject({
      ok: false,
      problem: {
        kind: "not-found",
        where: "cluster moc",
        what: "There is no kubeconfig at /nowhere/moc.config.",
        next: expect.stringContaining("server file"),
      },
    });
  });

  test("without a context is no good", () => {
    expect(loadKubeconfig("moc", { kubeconfig: "{}" })).toMatchObject({
      ok: false,
      problem: { kind: "invalid", what: expect.stringContaining("names no server") },
    });
  });
});
