import { expect, test } from "@jest/globals";
import { packageRoot } from "../../../src/package-root.ts";
import { collectParam, withGivenParams } from "../../../src/cli/run/given-params.ts";
import { runOfStream } from "../../../src/cli/run/run-of-stream.ts";

test("a param that the stream's pipeline does not declare is refused with the nearest name", () => {
  const { run, target } = runOfStream(packageRoot, "edge");
  const given = (text: string) => withGivenParams(run, collectParam(text, []), target);
  const [first] = target?.spec.params ?? [];
  expect(first).toBeDefined();
  expect(given(`${first?.name ?? ""}=x`).spec.params).toContainEqual({
    name: first?.name,
    value: "x",
  });
  expect(() => given(`${first?.name ?? ""}x=1`)).toThrow(
    `The pipeline declares no param "${first?.name ?? ""}x".`,
  );
});
