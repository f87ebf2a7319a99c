import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { unwrap } from "../../src/problem.ts";
import { checkTrialsApart } from "../../src/server/check-trials-apart.ts";
import { parseServerFile } from "../../src/server/server-file.ts";

const kubeconfig = (server: string, user: string) => `
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: ${user}}}]
clusters: [{name: c, cluster: {server: "${server}"}}]
users: [{name: ${user}, user: {token: t}}]
`;

interface Place {
  readonly namespace: string;
  readonly kubeconfig?: string;
}

const fieldsOf = ({ namespace, kubeconfig: file }: Place) =>
  `namespace: ${namespace}${file === undefined ? "" : `, kubeconfig: ${file}`}`;

describe("trials", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "okd-streams-trials-"));
    const write = (name: string, server: string, user: string) =>
      writeFileSync(join(folder, name), kubeconfig(server, user));
    write("moc.config", "https://api.moc.example.org:443", "bot");
    write("trials.config", "https://API.moc.example.org/", "tester");
    write("other.config", "https://api.other.example.org:6443", "bot");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function check(trials: Place, more: readonly Place[] = []) {
    const others = more.map(
      (place, index) =>
        `  - {name: b${index}, listener: "https://b.test", secretEnv: B, repositories: [a/b], ${fieldsOf(place)}}\n`,
    );
    const text = `publicUrl: https://bot.example.org
clusters:
  - name: moc
    listener: https://listener.example.org/
    secretEnv: MOC
    namespace: okd
    kubeconfig: moc.config
    repositories: [okd-project/streams]
    trials: {listener: "https://trials.test", secretEnv: T, serviceAccount: trial, ${fieldsOf(trials)}}
${others.join("")}`;
    return checkTrialsApart(unwrap(parseServerFile(join(folder, "server.yml"), text)));
  }

  test.each<[string, Place, Place[]]>([
    ["their own cluster", { namespace: "okd" }, []],
    ["their own cluster by another path", { namespace: "okd", kubeconfig: "./moc.config" }, []],
    ["their own cluster by another user", { namespace: "okd", kubeconfig: "trials.config" }, []],
    [
      "another cluster of that server",
      { namespace: "trials" },
      [{ namespace: "trials", kubeconfig: "trials.config" }],
    ],
  ])("are refused in the namespace of the builds of %s", (_which, trials, more) => {
    expect(check(trials, more)).toMatchObject({
      ok: false,
      problem: { where: "trials of moc", next: expect.stringContaining("namespace of their own") },
    });
  });

  test.each<[string, Place]>([
    ["a namespace of their own", { namespace: "trials" }],
    ["one of that name on another server", { namespace: "okd", kubeconfig: "other.config" }],
  ])("may have %s", (_which, trials) => {
    expect(check(trials)).toEqual({ ok: true, value: undefined });
  });

  test("are not judged by a kubeconfig that cannot be read", () => {
    expect(check({ namespace: "okd", kubeconfig: "none.config" })).toMatchObject({
      ok: false,
      problem: { where: "cluster moc" },
    });
  });
});
