import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parseServerFile, readServerFile } from "../../src/server/server-file.ts";
import { readClusterSecrets } from "../../src/server/create-bot.ts";
import { unwrap } from "../../src/problem.ts";

const minimal = "publicUrl: https://bot.example.org\n";
const cluster = `clusters:
  - name: laptop
    listener: http://listener.example.org/
    secretEnv: LAPTOP_SECRET
    namespace: okd
    repositories: [okd-project/streams, other/*]
`;
const settingsOf = (text: string) => unwrap(parseServerFile("/etc/okd/server.yml", text));

describe("the server file", () => {
  test("needs no more than the public address", () => {
    expect(settingsOf(minimal)).toEqual({
      publicUrl: "https://bot.example.org",
      dataDirectory: "/etc/okd/data",
      database: "file:/etc/okd/data/okd-streams.db",
      gitHub: { throttle: true },
      intervals: { poll: 15_000, resync: 600_000, retry: 2000 },
      pipelineRepositories: [],
      registries: [],
      clusters: [],
    });
  });

  test("takes paths from where it stands, absolute ones as they are", () => {
    const text = `${minimal}dataDirectory: /var/lib/okd\ndatabase: file:../db/x.db\n${cluster}    kubeconfig: kube.config\n`;
    expect(settingsOf(text)).toMatchObject({
      dataDirectory: "/var/lib/okd",
      database: "file:/etc/db/x.db",
      clusters: [{ kubeconfig: "/etc/okd/kube.config", startDeadline: 600_000 }],
    });
  });

  test("takes a database's address as it is", () => {
    const address = "postgresql://bot@db.example.org/okd";
    expect(settingsOf(`${minimal}database: ${address}\n`)).toMatchObject({ database: address });
  });

  test("offers no secret and names no account unless it says so", () => {
    expect(settingsOf(minimal + cluster).clusters[0]).toMatchObject({
      runNames: "fixed",
      secrets: [],
    });
    expect(settingsOf(minimal + cluster).clusters[0]).not.toHaveProperty("serviceAccount");
  });

  test("takes a listener of others' without a secret", () => {
    const theirs = cluster.replace(/ +secretEnv.*\n/, "    runNames: generated\n");
    const settings = settingsOf(minimal + theirs);
    expect(settings.clusters[0]).toMatchObject({ runNames: "generated" });
    expect(unwrap(readClusterSecrets(settings, {})).size).toBe(0);
  });

  test.each([
    ["250ms", 250],
    ["30s", 30_000],
    ["5m", 300_000],
    ["2h", 7_200_000],
    ["596h", 2_145_600_000],
  ])("reads the duration %s", (text, milliseconds) => {
    expect(settingsOf(`${minimal}intervals: { poll: ${text} }`).intervals.poll).toBe(milliseconds);
  });

  test.each([
    ["no public address", "dataDirectory: x", "publicUrl"],
    ["an unknown setting", `${minimal}publicURL: x`, "publicURL"],
    ["a duration without a unit", `${minimal}intervals: { poll: 30 }`, "poll"],
    ["a duration of another unit", `${minimal}intervals: { poll: 3d }`, "poll"],
    ["a duration that no timer holds", `${minimal}intervals: { resync: 720h }`, "at most 596h"],
    ["an endless duration", `${minimal}intervals: { poll: ${"9".repeat(400)}ms }`, "at most 596h"],
    ["a database of another kind", `${minimal}database: mysql://x`, "database"],
    ["a registry with a path", `${minimal}registries: ["https://quay.io/okd"]`, "https://quay.io"],
    ["a registry with a password", `${minimal}registries: ["https://a:b@quay.io"]`, "registries"],
    ["a registry without an address", `${minimal}registries: [quay.io]`, "https://quay.io"],
    ["a cluster without a secret", minimal + cluster.replace(/ +secretEnv.*\n/, ""), "secretEnv"],
    ["an unknown way of names", `${minimal + cluster}    runNames: random\n`, "runNames"],
    ["a secret's name with a path", `${minimal + cluster}    secrets: ["../x"]\n`, "secrets"],
    [
      "two clusters of one name",
      minimal + cluster + cluster.replace("clusters:\n", ""),
      "two clusters",
    ],
    ["a cluster for nobody", minimal + cluster.replace(/\[okd.*\]/, "[]"), "repositories"],
    ["a cluster for everybody", minimal + cluster.replace(/\[okd.*\]/, "['*/*']"), "repositories"],
    ["a secret in the file", `${minimal + cluster}    secret: s3cret\n`, "secret"],
    ["a namespace with a path", minimal + cluster.replace(": okd\n", ": ../x\n"), "namespace"],
    [
      "a pipeline repository over ssh",
      `${minimal}pipelineRepositories: ["git@x.org:a"]`,
      "https URL",
    ],
    [
      "a pipeline repository with a password",
      `${minimal}pipelineRepositories: ["https://a:b@x.org/a"]`,
      "https URL",
    ],
    ["broken YAML", "publicUrl: [", "no YAML"],
    ["nothing", "", "server file is wrong"],
  ])("is refused with %s", (_what, text, word) => {
    const result = parseServerFile("server.yml", text);
    expect(result).toMatchObject({ ok: false, problem: { where: "server.yml" } });
    if (!result.ok) expect(result.problem.what).toContain(word);
  });

  test.each([
    "https://bot:hunter2@listener.example.org",
    "https://bot@listener.example.org",
    "listener.moc:8080",
    "ftp://listener.example.org",
    "javascript:alert(1)",
    "https://",
  ])("takes %s neither for its own address nor for a listener's", (address) => {
    const own = `publicUrl: ${JSON.stringify(address)}\n`;
    const ofListener =
      minimal + cluster.replace(/listener: .*/, `listener: ${JSON.stringify(address)}`);
    for (const [text, setting] of [
      [own, "publicUrl"],
      [ofListener, "listener"],
    ] as const) {
      const result = parseServerFile("server.yml", text);
      const what = expect.stringMatching(`such as https://okd[^]*${setting}`);
      expect(result).toMatchObject({ ok: false, problem: { what } });
      expect(JSON.stringify(result)).not.toContain("hunter2");
    }
  });

  test("is read from its path, and a missing one says how to write it", () => {
    const folder = mkdtempSync(join(tmpdir(), "okd-streams-server-"));
    try {
      writeFileSync(join(folder, "server.yml"), minimal);
      expect(readServerFile(join(folder, "server.yml"))).toMatchObject({
        ok: true,
        value: { dataDirectory: join(folder, "data") },
      });
      expect(readServerFile(join(folder, "other.yml"))).toMatchObject({
        ok: false,
        problem: { kind: "not-found" },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the secrets of the clusters' listeners", () => {
  const settings = settingsOf(minimal + cluster);

  test("come from the environment", () => {
    expect(unwrap(readClusterSecrets(settings, { LAPTOP_SECRET: "s" })).get("laptop")).toBe("s");
  });

  test.each([{}, { LAPTOP_SECRET: "" }])("are never empty: the bot does not start", (variables) => {
    const result = readClusterSecrets(settings, variables);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problem.what).toContain("LAPTOP_SECRET (cluster laptop)");
  });
});
