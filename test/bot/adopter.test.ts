import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { pullRequestHead } from "../../src/bot/reviews/pull-request-head.ts";
import { clientFor } from "../../src/bot/report.ts";
import { reviewPullRequest } from "../../src/bot/reviews/review-pull-request.ts";
import { initCommand } from "../../src/cli/init.ts";
import { newCommand } from "../../src/cli/new.ts";
import { getPullRequest } from "../../src/github/pull-requests.ts";
import { runCommand } from "../cli/in-repository.ts";
import { createWorld, type World } from "./world.ts";

const here = process.cwd();

let root: string;
let world: World;
beforeEach(async () => {
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  root = realpathSync(mkdtempSync(join(tmpdir(), "okd-streams-adopter-")));
  await runCommand(initCommand(), root, "--maintainer", "ann", "--maintainer", "ben");
  world = await createWorld(filesBelow(root));
  await world.sync();
  process.chdir(root);
});
afterEach(async () => {
  process.chdir(here);
  jest.restoreAllMocks();
  await world.end();
  rmSync(root, { recursive: true, force: true });
});

function filesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  );
}

test("the bot reviews and builds what is added to a repository that init made", async () => {
  await runCommand(newCommand(), "stream", "kiosk", "--from", "edge");
  const path = "streams/kiosk.yaml";
  const text = readFileSync(join(root, path), "utf8");

  world.git.git("checkout", "--quiet", "-b", "kiosk", "main");
  world.git.write(path, text);
  world.git.commit("Propose");
  world.git.git("checkout", "--quiet", "main");
  const pull = world.gitHub.addPull({ ref: "kiosk" });
  const repository = await world.repository();
  const read = await getPullRequest(clientFor(world.bot, repository), pull.number);
  await reviewPullRequest(world.bot, repository, pullRequestHead(repository, read));
  expect(world.gitHub.check("validate", pull.head)).toMatchObject({ conclusion: "success" });
  expect(world.gitHub.check("plan", pull.head)).toMatchObject({
    conclusion: "success",
    output: { title: "The merge builds 1 stream" },
  });
  expect(world.gitHub.said(pull.number)).toContain("✅ Valid");

  world.gitHub.mergePull(pull, "Merge the kiosk");
  await world.sync();
  await world.work();
  expect(world.cluster.submitted).toMatchObject([
    {
      stream: "kiosk",
      params: { variant: "kiosk", "image-repository": "localhost/okd/scos-kiosk" },
    },
  ]);
});
