import { describe, expect, test } from "@jest/globals";
import { unwrap } from "../../src/problem.ts";
import { readClusterSecrets } from "../../src/server/create-bot.ts";
import { parseServerFile } from "../../src/server/server-file.ts";

const file = (more = "", trials = "trials") => `publicUrl: https://bot.example.org
clusters:
  - name: moc
    listener: https://listener.example.org/
    secretEnv: MOC
    namespace: okd
    kubeconfig: moc.config
    repositories: [okd-project/streams]
    trials:
      listener: https://trials.example.org/
      secretEnv: TRIALS
      namespace: ${trials}
      serviceAccount: trial
${more}`;
const settingsOf = (text: string) => unwrap(parseServerFile("/etc/okd/server.yml", text));

describe("trials in the server file", () => {
  test("force nothing that it does not name, and are nowhere where they are not named", () => {
    const [cluster] = settingsOf(file()).clusters;
    expect(cluster?.trials).toMatchObject({ serviceAccount: "trial", params: {} });
    const params = settingsOf(file("      params: { push: 'false' }\n")).clusters[0]?.trials
      ?.params;
    expect(params).toEqual({ push: "false" });
    const without = settingsOf(file().replace(/ {4}trials:[^]*/, ""));
    expect(without.clusters[0]?.trials).toBeUndefined();
  });

  test.each(["serviceAccount", "secretEnv", "namespace"])("are wrong without %s", (name) => {
    const text = file().replace(
      new RegExp(`(trials.example.org/\\n[^]*?) {6}${name}: .*\\n`),
      "$1",
    );
    expect(text).not.toBe(file());
    expect(parseServerFile("server.yml", text)).toMatchObject({ ok: false });
  });
});

describe("the secret of the trials' listener", () => {
  const settings = settingsOf(file());

  test("has to be there", () => {
    expect(readClusterSecrets(settings, { MOC: "a" })).toMatchObject({
      ok: false,
      problem: { what: expect.stringContaining("TRIALS (trials of moc)") },
    });
  });

  test("opens no listener that builds, as what is tried can read it", () => {
    expect(readClusterSecrets(settings, { MOC: "a", TRIALS: "a" })).toMatchObject({
      ok: false,
      problem: { what: expect.stringContaining("has the secret of one that builds: moc") },
    });
    expect(unwrap(readClusterSecrets(settings, { MOC: "a", TRIALS: "b" })).size).toBe(2);
  });
});
