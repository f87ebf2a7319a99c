import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import nock from "nock";
import { createClusterClient } from "../../src/cluster/create-cluster-client.ts";
import { triggersIn } from "../../src/streams/plan/repository-triggers.ts";
import { parseYaml } from "../../src/yaml/parse-yaml.ts";
import { triggersText } from "../streams/plan/triggers-fixture.ts";

const api = "http://kubernetes.test:6443";
const lists = "/apis/triggers.tekton.dev/v1beta1/namespaces/okd-streams";
const client = createClusterClient({
  name: "moc",
  listener: new URL("http://listener.test:8080"),
  secret: "a secret",
  namespace: "okd-streams",
  kubernetes: {
    kubeconfig: `
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "${api}", insecure-skip-tls-verify: true}}]
users: [{name: u, user: {token: kubernetes-token}}]
`,
  },
});
const objects = parseYaml("", triggersText({ params: ["branch"] })).documents.map(
  ({ value }) => value,
);
const answers = { eventlisteners: 0, triggerbindings: 1, triggertemplates: 2, triggers: 3 };

/** Kubernetes answers each list with its object, and this one with something else. */
function serve(other?: keyof typeof answers, status = 200, body: object = {}): void {
  for (const [plural, index] of Object.entries(answers)) {
    const items = objects.slice(index, index + 1);
    const isOther = plural === other;
    nock(api)
      .get(`${lists}/${plural}`)
      .reply(isOther ? status : 200, isOther ? body : { kind: "List", metadata: {}, items });
  }
}

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

test("a cluster's triggers are read with what they name", async () => {
  serve();
  const read = await client.readTriggers();
  const [trigger, ...others] = triggersIn(read.ok ? read.value : []);
  expect(trigger).toMatchObject({
    isComplete: true,
    params: [{ name: "branch", value: "$(body.params.branch)" }],
    template: { value: { metadata: { name: "build" } } },
  });
  expect(others).toEqual([]);
});

test.each([
  [403, { kind: "Status", message: "eventlisteners is forbidden" }, "refused", "forbidden"],
  [404, { kind: "Status", message: "not found" }, "not-found", "404"],
  [200, { items: "many" }, "unsupported", "list of triggers"],
])("an answer %i that does not tell is a problem", async (status, body, kind, words) => {
  serve("triggers", status, body);
  const read = await client.readTriggers();
  expect(read).toMatchObject({ ok: false, problem: { kind } });
  expect(JSON.stringify(read)).toContain(words);
});
