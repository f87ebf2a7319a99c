import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { waitFor } from "../../src/demo/wait-for.ts";
import { differences, differencesInExamples } from "./support/differences.ts";
import { corpusSamples, ownSamples, specSamples, tektonExamples } from "./support/samples.ts";
import { kubectl, renewNamespace, startProxy } from "./support/tekton-cluster.ts";
import {
  openClusterVerdict,
  ourVerdict,
  type ClusterVerdict,
  type Sample,
} from "./support/verdicts.ts";

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
let theirVerdict: ClusterVerdict;
beforeAll(async () => {
  await renewNamespace(namespace);
  await setFeatureFlags(everything);
  proxy = await startProxy();
  theirVerdict = openClusterVerdict(proxy.url, namespace);
  const refuses = async (): Promise<boolean> =>
    (await theirVerdict(alphaTask)).refused !== undefined;
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

const wrongFiles = [...specSamples(), ...corpusSamples()];
const examples = tektonExamples();

describe("the static rules and Tekton's webhook agree", () => {
  test.each(ownSamples())(
    "on $name of this repository, which both take",
    async ({ text }) => {
      expect([ourVerdict(text), await theirVerdict(text)]).toEqual([{}, {}]);
    },
    minute,
  );

  test(
    `on ${wrongFiles.length} files that are wrong, or look so, but for ${Object.keys(differences).length} that are written down`,
    async () => {
      const { disagreeing, refusedByBoth } = await compare(wrongFiles, differences);
      expect(disagreeing).toEqual([]);
      expect(refusedByBoth).toBeGreaterThanOrEqual(300);
    },
    10 * minute,
  );

  (examples.length > 0 ? test : test.skip)(
    `on the ${examples.length} examples of Tekton's own module, but for ${Object.keys(differencesInExamples).length}`,
    async () => {
      expect((await compare(examples, differencesInExamples)).disagreeing).toEqual([]);
    },
    10 * minute,
  );
});

/** What the two say of samples that are no known difference. */
async function compare(
  samples: readonly Sample[],
  known: Readonly<Record<string, string>>,
): Promise<{ readonly disagreeing: readonly object[]; readonly refusedByBoth: number }> {
  const disagreeing: object[] = [];
  let refusedByBoth = 0;
  for (const { name, text } of samples.filter(({ name }) => !(name in known))) {
    const ours = ourVerdict(text).refused;
    const theirs = (await theirVerdict(text)).refused;
    if (ours !== undefined && theirs !== undefined) refusedByBoth += 1;
    else if (ours !== theirs) disagreeing.push({ name, ours, theirs });
  }
  return { disagreeing, refusedByBoth };
}

describe("a difference is as it is written down: the static rules refuse what Tekton takes", () => {
  // Where there is no Go, there are no examples.
  const known = Object.entries({
    ...differences,
    ...(examples.length > 0 ? differencesInExamples : {}),
  });
  test.each(known)(
    "%s: %s",
    async (name) => {
      const samples = [...wrongFiles, ...examples].filter((sample) => sample.name === name);
      const { text = "" } = samples[0] ?? {};
      expect(samples).toHaveLength(1);
      expect([typeof ourVerdict(text).refused, await theirVerdict(text)]).toEqual(["string", {}]);
    },
    minute,
  );
});
