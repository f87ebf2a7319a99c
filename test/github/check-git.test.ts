import { expect, test } from "@jest/globals";
import { checkGit } from "../../src/github/check-git.ts";

const version = (installed: boolean, major: number, minor: number) => () =>
  Promise.resolve({ installed, major, minor, patch: 1, agent: "" });

test("the git of this machine will do", async () => {
  expect(await checkGit()).toMatchObject({ ok: true, value: expect.stringMatching(/^\d+\.\d+/) });
});

test.each([
  [true, 2, 38, "2.38.1"],
  [true, 3, 0, "3.0.1"],
])("git %s %i.%i will do", async (installed, major, minor, value) => {
  expect(await checkGit(version(installed, major, minor))).toEqual({ ok: true, value });
});

test.each([
  [true, 2, 37, "git 2.37.1 cannot merge without a checkout."],
  [true, 1, 99, "git 1.99.1 cannot merge without a checkout."],
  [false, 0, 0, "There is no git."],
])("git %s %i.%i will not do, and the problem says so", async (installed, major, minor, what) => {
  expect(await checkGit(version(installed, major, minor))).toMatchObject({
    ok: false,
    problem: { kind: "unsupported", what },
  });
});
