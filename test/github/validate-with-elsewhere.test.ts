import { describe, expect, test } from "@jest/globals";
import { validateWithElsewhere } from "../../src/github/validate-with-elsewhere.ts";
import type { FetchedFile, FetchedFiles } from "../../src/streams/elsewhere/fetched-file.ts";
import { gitFileKey } from "../../src/streams/elsewhere/git-file.ts";
import type { GitFile } from "../../src/streams/elsewhere/git-file.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";

const file = (path: string): GitFile => ({
  url: "https://github.com/okd-project/pipelines.git",
  revision: "d4be53e847b94469932100ee1c100767f7b71edb",
  path,
});
const content: FetchedFile = { kind: "content", content: new Uint8Array() };

/** A repository that names these files, and `more` once the first of them is known. */
function naming(files: readonly GitFile[], more: readonly GitFile[] = []) {
  const rounds: FetchedFiles[] = [];
  const validate = (fetched: FetchedFiles) => {
    rounds.push(fetched);
    const elsewhere = fetched.size === 0 ? files : [...files, ...more];
    return { ...validateRepository([], { now: new Date(0) }), elsewhere };
  };
  return { rounds, validate };
}

describe("a repository that names files of others", () => {
  test("is validated with those that its pipelines name in turn", async () => {
    const { rounds, validate } = naming([file("a.yaml")], [file("b.yaml")]);
    await validateWithElsewhere({ validate, read: () => Promise.resolve(content) });
    expect(rounds.map(({ size }) => size)).toEqual([0, 1, 2]);
  });

  test("is validated once where all of them were expected", async () => {
    const expected = [file("a.yaml"), file("b.yaml")];
    const { rounds, validate } = naming([file("a.yaml")], [file("b.yaml")]);
    await validateWithElsewhere({ validate, read: () => Promise.resolve(content), expected });
    expect(rounds.map(({ size }) => size)).toEqual([2]);
  });

  test("does not wait for ever", async () => {
    const { rounds, validate } = naming([file("a.yaml"), file("slow.yaml")]);
    await validateWithElsewhere({
      validate,
      read: ({ path }) =>
        path === "slow.yaml" ? new Promise(() => undefined) : Promise.resolve(content),
      waitMs: 10,
    });
    const last = rounds.at(-1);
    expect(last?.get(gitFileKey(file("a.yaml")))).toBe(content);
    expect(last?.get(gitFileKey(file("slow.yaml")))).toMatchObject({
      reason: "It did not come in time.",
    });
  });

  test("fetches no more than a few hundred", async () => {
    const many = Array.from({ length: 300 }, (_, index) => file(`${index}.yaml`));
    const { rounds, validate } = naming(many);
    let read = 0;
    await validateWithElsewhere({
      validate,
      read: () => {
        read += 1;
        return Promise.resolve(content);
      },
    });
    expect(read).toBe(200);
    expect(rounds.at(-1)?.get(gitFileKey(file("299.yaml")))).toMatchObject({ kind: "unknown" });
  });
});
