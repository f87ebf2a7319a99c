import { afterEach, beforeEach, expect, test } from "@jest/globals";
import nock from "nock";
import { readWanted } from "../../../src/cli/run/read-wanted.ts";

const address = "https://files.example.org";
const read = (path: string) =>
  readWanted(undefined, { filename: [`${address}${path}`], param: [], workspace: [] });

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

test("a file is fetched from its URL, and told by it", async () => {
  const text =
    "kind: Task\napiVersion: tekton.dev/v1\nmetadata: {name: t}\nspec: {steps: [{scrpt: x}]}\n";
  nock(address).get("/task.yaml").reply(200, text.replace("scrpt", "script"));
  const { definitions } = await read("/task.yaml");
  expect(definitions.map(({ metadata }) => metadata.name)).toEqual(["t"]);
  nock(address).get("/typo.yaml").reply(200, text);
  await expect(read("/typo.yaml")).rejects.toThrow(
    /^https:\/\/files.example.org\/typo.yaml:4:17: /,
  );
});

test("what the server answers is told where there is no file, and so is a connection that fails", async () => {
  nock(address).get("/gone.yaml").reply(404);
  await expect(read("/gone.yaml")).rejects.toThrow(/gone.yaml: .* the server answers 404/);
  nock(address).get("/refused.yaml").replyWithError("connect ECONNREFUSED 127.0.0.1:443");
  await expect(read("/refused.yaml")).rejects.toThrow(/refused.yaml: .* ECONNREFUSED/);
});
