import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { waitFor } from "../../src/demo/wait-for.ts";
import { differences, differencesInExamples } from "./support/differences.ts";
import { corpusSamples, ownSamples, specSamples, tektonExamples } from "./support/samples.ts";
import { kubectl, renewNamespace, startProxy } from "./support/tekton-cluster.ts";
import { clusterVerdict, ourVerdict, type Sample } from "./support/verdicts.ts";

const minute = 60_000;
const namespace = "okd-streams-verdicts";

/** The static rules take what any cluster may be set to take. */
const experiments = {
  "enable-artifacts": "true",
  "enable-cel-in-whenexpression": "true",
  "enable-param-enum": "true",
};
const everything = { "enable-api-fields": "alpha", ...experiments };
const alphaTask =
  "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: alpha}\n" +
  "spec: {params: [{name: a, enum: [b]}], steps: [{image: a, stdoutConfig: {path: /a}}]}";

async function setFeatureFlags(data: Readonly<Record<string, string>>): Promise<void> {
  await kubectl([
    ...["patch", "configmap", "feature-flags", "-n", "tekton-pipelines", "--type=merge"],
    ...["-p", JSON.stringify({ data })],
  ]);
}

let proxy: Awaited<ReturnType<typeof startProxy>>;
beforeAll(async () => {
  await renewNamespace(namespace);
  await setFeatureFlags(everything);
  proxy = await startProxy();
  const refuses = async (): Promise<boolean> =>
    (await clusterVerdict(proxy.url, namespace, alphaTask)).refused !== undefined;
  await waitFor("the webhook knows its flags", async () => ((await refuses()) ? undefined : true), {
    timeoutMs: minute,
    everyMs: 200,
  });
}, 2 * minute);
afterAll(async () => {
  proxy.close();
  await setFeatureFlags({
    "enable-api-fields": "beta",
    ...Object.fromEntries(Object.keys(experiments).map((flag) => [flag, "false"])),
  });
});

/** The samples on which the two differ: who refuses, and why. The message of a failure shows it. */
async function differing(samples: readonly Sample[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name, text } of samples) {
    const ours = ourVerdict(text).refused;
    const theirs = (await clusterVerdict(proxy.url, namespace, text)).refused;
    if (ours !== undefined && theirs === undefined) found[name] = `we refuse: ${ours}`;
    if (ours === undefined && theirs !== undefined) found[name] = `Tekton refuses: ${theirs}`;
  }
  return found;
}

describe("the static rules and Tekton's webhook agree", () => {
  test(
    "on the pipelines and tasks of this repository, which both take",
    async () => {
      const samples = ownSamples();
      expect(samples.length).toBeGreaterThan(0);
      for (const { name, text } of samples)
        expect([name, ourVerdict(text), await clusterVerdict(proxy.url, namespace, text)]).toEqual([
          name,
          {},
          {},
        ]);
    },
    minute,
  );

  test(
    "on wrong files, but for the differences that are written down",
    async () => {
      const samples = [...specSamples(), ...corpusSamples()];
      const wrong = samples.filter(({ text }) => ourVerdict(text).refused !== undefined);
      expect(wrong.length).toBeGreaterThanOrEqual(60);
      const found = await differing(samples);
      expect(Object.keys(found).sort()).toEqual(Object.keys(differences).sort());
    },
    10 * minute,
  );

  const examples = tektonExamples();
  (examples.length > 0 ? test : test.skip)(
    "on the examples of Tekton's own module",
    async () => {
      const found = await differing(examples);
      expect(Object.keys(found).sort()).toEqual(Object.keys(differencesInExamples).sort());
    },
    10 * minute,
  );
});
