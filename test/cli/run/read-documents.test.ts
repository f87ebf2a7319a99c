import { describe, expect, test } from "@jest/globals";
import { readDocuments } from "../../../src/cli/run/read-documents.ts";

const task =
  "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: t}\nspec: {workspaces: [{name: w}], steps: [{script: x}]}\n";
const pipeline =
  "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: p}\nspec: {tasks: [{name: a, taskRef: {name: t}}]}\n";
const run =
  "apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata: {name: r}\nspec: {pipelineRef: {name: p}, params: [{name: a, value: b}]}\n";
const secret =
  "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: aGVsbG8=}\nstringData: {l: plain}\n";
const configMap =
  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: v}\nbinaryData: {b: aGVsbG8=}\n";
const stepAction =
  "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec: {image: i, script: x}\n";
const role = "apiVersion: v1\nkind: Role\nmetadata: {name: builder}\n";
const claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {}\n";

const read = (...texts: string[]) =>
  readDocuments([{ file: "file.yaml", text: texts.join("---\n") }]);

describe("what a file asks to be run", () => {
  test.each([
    ["the runs that it has", [task, pipeline, run], ["PipelineRun r"]],
    ["a run for each pipeline, where it has none", [task, pipeline], ["PipelineRun p-"]],
    ["a run for each task, where it has no pipeline either", [task], ["TaskRun t-"]],
    ["nothing, where it holds a StepAction alone", [stepAction], []],
  ])("is %s", (_, texts, expected) => {
    const { runs } = read(...texts);
    const names = runs.map(({ kind, metadata }) => {
      return `${kind} ${metadata.name ?? metadata.generateName ?? ""}`;
    });
    expect(names).toEqual(expected);
  });

  test("plain scalars and << are what kubectl makes of them", () => {
    const text = `apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: r}
spec:
  params: [{name: a, value: yes}, {name: b, value: 0755}, {name: c, value: 123456789012345678}]
  workspaces: [{name: w, secret: {secretName: s, defaultMode: 0400}}]
  taskSpec:
    steps:
      - {script: x, env: [&e {name: A, value: "1"}, {<<: *e, name: B}]}
`;
    const [run] = read(text).runs;
    expect(run?.spec).toMatchObject({
      params: [{ value: "true" }, { value: "493" }, { value: "123456789012345678" }],
      workspaces: [{ secret: { defaultMode: 0o400 } }],
      taskSpec: { steps: [{ env: [{ name: "A" }, { name: "B", value: "1" }] }] },
    });
  });

  test("bytes that are no text stay what they are", () => {
    const bytes = Buffer.from([0, 1, 255, 128]);
    const binary = `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: ${bytes.toString("base64")}}\n`;
    expect(read(task, binary).secrets["s"]?.["k"]).toEqual(bytes);
  });

  test("secrets and binary data are decoded", () => {
    const { secrets, configMaps } = read(task, secret, configMap);
    expect(secrets).toEqual({ s: { k: "hello", l: "plain" } });
    expect(configMaps).toEqual({ c: { k: "v", b: "hello" } });
  });

  test("what a cluster would refuse is told with its place, and read all the same", () => {
    const spec = "spec: {steps: [{name: s, image: i, script: echo $(params.tag)}]}";
    const doubtful = `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: t}\n${spec}\n`;
    const { runs, doubts } = read(doubtful);
    expect(runs).toHaveLength(1);
    expect(doubts).toEqual([
      'file.yaml:4:49  The task declares no parameter "tag". There is no parameter at all: remove this one, or declare it. (variable-undeclared)',
    ]);
    expect(
      read(task.replace("tekton.dev/v1", "tekton.dev/v1beta1").replace("x}", "x, image: i}"))
        .doubts,
    ).toEqual([]);
  });

  test("several files count as one", () => {
    const files = [task, run, pipeline].map((text, index) => ({ file: `${index}.yaml`, text }));
    const { runs, definitions } = readDocuments(files);
    expect(runs).toHaveLength(1);
    expect(definitions.map(({ kind }) => kind)).toEqual(["Task", "Pipeline"]);
  });

  test("the objects of a List count as documents, with their places", () => {
    const list = JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [{ apiVersion: "tekton.dev/v1", kind: "Task", metadata: { name: "t" }, spec: {} }],
    });
    expect(() => read(list)).toThrow("file.yaml:1:");
    const items = JSON.parse(list) as { items: { spec: object }[] };
    items.items[0]!.spec = { steps: [{ script: "x" }] };
    expect(read(JSON.stringify(items)).definitions).toHaveLength(1);
  });

  test("what only a cluster can use is ignored by name, a claim silently", () => {
    expect(read(task, role, claim).ignored).toEqual(['Role "builder"']);
  });

  test.each([
    ["a: [", "file.yaml:1"],
    ["apiVersion: tekton.dev/v1beta1\nkind: CustomRun\nmetadata: {name: x}\n", '"CustomRun"'],
    ["apiVersion: v1\nmetadata: {name: x}\n", "it has no kind"],
    [pipeline.replace("taskRef", "taskReff"), 'spec.tasks[0] has no field "taskReff"'],
    [secret.replace("plain", "3"), "file.yaml:5:17: stringData.l cannot be used"],
  ])("%j is refused with its place", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
