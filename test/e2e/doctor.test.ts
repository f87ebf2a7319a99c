import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { demoRepository, repositoryFiles } from "../../src/demo/demo-repository.ts";
import { packageRoot } from "../../src/package-root.ts";
import { openStage, type OpenStage } from "./support/open-stage.ts";

const minute = 60_000;
const edge = readFileSync(join(packageRoot, "streams/edge.yaml"), "utf8");

/** A stream whose pipeline no trigger answers to, and which needs more memory than there is. */
const odd = edge
  .replace("name: edge", "name: odd")
  .replace(/pipelineRef:\n\s+path: .*/, "pipelineRef:\n      name: unheard-of")
  .replace(/^ {2}build:\n/m, "  build:\n    needs:\n      memory: 900Ti\n");

const stable = "streams/channels/4-scos-stable/channel.yaml";

/** What the bot of the demo does not serve, made to ask for nothing. */
function withoutOthers(): Record<string, string> {
  const others = Object.entries(repositoryFiles()).filter(
    ([path, text]) => path.startsWith("streams/") && text.includes("cluster: moc"),
  );
  return {
    ...Object.fromEntries(
      others.map(([path, text]) => [path, text.replace("state: active", "state: paused")]),
    ),
    [stable]: (repositoryFiles()[stable] ?? "").replace(/^ {2}publish:\n(?: {4}.*\n)+/m, ""),
  };
}

describe("okd-streams doctor", () => {
  let stage: OpenStage;
  let kubeconfig: string;
  beforeAll(async () => {
    stage = await openStage({ files: withoutOthers() });
    kubeconfig = join(stage.world.directory, "kubeconfig.yaml");
  }, minute);
  afterAll(() => stage.close(), minute);

  const examine = () => stage.world.bot.call("doctor");
  const lines = (output: string, verdict: string) =>
    output.split("\n").filter((line) => line.startsWith(verdict));

  test(
    "finds nothing wrong where the bot works",
    async () => {
      const { exitCode, output } = await examine();
      expect(lines(output, "WRONG")).toEqual([]);
      expect(exitCode).toBe(0);
      const good = lines(output, "ok").join("\n");
      expect(good).toContain("ok     environment, server file, secrets and database");
      expect(good).toContain("ok     cluster laptop: the EventListener answers");
      expect(good).toContain("ok     cluster laptop: may patch pipelineruns in okd-streams");
      expect(good).toContain("ok     cluster laptop: may list nodes");
      expect(good).toContain("ok     GitHub knows the App, on 1 repository");
      expect(good).toMatch(/ok {5}okd-project\/streams: its streams ask for \d+ kinds of runs/);
    },
    2 * minute,
  );

  test(
    "names a trigger that a stream needs and nobody installed, a machine that is not there, and what to do",
    async () => {
      await stage.people.maya.push({
        into: `${demoRepository.owner}/${demoRepository.name}`,
        branch: demoRepository.defaultBranch,
        message: "Add a stream that no trigger answers to",
        files: { "streams/odd.yaml": odd },
      });
      const { exitCode, output } = await examine();
      expect(exitCode).toBe(1);
      const [gap = "", ...more] = lines(output, "WRONG");
      expect(more).toEqual([]);
      expect(gap).toContain('Cluster "laptop" has no trigger for the pipeline "unheard-of"');
      expect(gap).toContain("okd-streams tekton manifests --cluster laptop");
      expect(gap).toContain("Needed by odd.");
      expect(lines(output, "unsure").join("\n")).toContain(
        'No node of cluster "laptop" offers 900Ti of memory',
      );
    },
    2 * minute,
  );

  test(
    "names a token that the cluster refuses, and one that is not reached",
    async () => {
      const good = readFileSync(kubeconfig, "utf8");
      writeFileSync(kubeconfig, good.replace(/token: .*/, "token: of-somebody-else"));
      const refused = await examine();
      expect(refused.exitCode).toBe(1);
      expect(refused.output).toContain("ok     cluster laptop: the EventListener answers");
      const wrong = lines(refused.output, "WRONG");
      expect(wrong).toContainEqual(
        expect.stringMatching(
          /cluster laptop: may get pipelineruns in okd-streams: .*Kubernetes answered 401.* Check the token and the role/,
        ),
      );
      writeFileSync(kubeconfig, good.replace(/server: .*/, "server: http://127.0.0.1:1"));
      const unreached = await examine();
      expect(unreached.exitCode).toBe(1);
      expect(unreached.output).toMatch(/WRONG +cluster laptop: .*Kubernetes did not answer/);
      writeFileSync(kubeconfig, good);
    },
    2 * minute,
  );

  test(
    "ends with 2 where the server file is no good",
    async () => {
      const file = join(stage.world.directory, "bot.server.yaml");
      const good = readFileSync(file, "utf8");
      writeFileSync(file, good.replace("publicUrl:", "publicURL:"));
      const { exitCode, output } = await examine();
      writeFileSync(file, good);
      expect(exitCode).toBe(2);
      expect(output).toContain("the server file is wrong");
    },
    minute,
  );
});
