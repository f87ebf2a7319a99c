import { expect, test } from "@jest/globals";
import type { FetchedFile } from "../../../src/streams/elsewhere/fetched-file.ts";
import { pipelineUseRules } from "../../../src/streams/rules/pipeline-use-rules.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import { fileOf, now } from "../repository-of.ts";

test.each(Object.entries(pipelineUseRules))("the example of %s", (id, { example }) => {
  if (example.of !== "files") throw new Error("it is no repository");
  const elsewhere = new Map(
    Object.entries(example.elsewhere ?? {}).map(([key, text]): [string, FetchedFile] => {
      return [key, { kind: "content", content: new TextEncoder().encode(text) }];
    }),
  );
  const found = (files: Readonly<Record<string, string>>) =>
    validateRepository(
      Object.entries(files).map(([path, text]) => fileOf(path, text)),
      { now, elsewhere },
    )
      .findings.filter(({ severity, rule }) => severity === "error" || rule === id)
      .map(({ rule }) => rule);
  expect(found(example.wrong)).toEqual([id]);
  expect(found(example.right)).toEqual([]);
});
