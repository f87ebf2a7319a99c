/** What an example changes of a stream's file; each a piece of YAML with its indentation and its last line break. */
interface StreamPieces {
  /** Below `spec.build`. */
  readonly build?: string;
  /** Below `spec.triggers`. */
  readonly triggers?: string;
  /** Below `spec`. */
  readonly more?: string;
  readonly nameTemplate?: string;
  readonly operatingSystem?: "scos" | "fcos";
}

/** A whole, valid stream file for an example. */
export function exampleStream(
  name: string,
  {
    build = "",
    triggers = "    merge: false\n",
    more = "",
    nameTemplate = "$(stream.version).0-0.$(stream.name)-$(run.time)",
    operatingSystem = "scos",
  }: StreamPieces = {},
): string {
  return `apiVersion: streams.okd.io/v1alpha1
kind: Stream
metadata:
  name: ${name}
spec:
  title: An example
  version: "4.21"
  operatingSystem: ${operatingSystem}
  architectures: [amd64]
  build:
    cluster: moc
    pipelineRef:
      name: okd-coreos
${build}  triggers:
${triggers}  release:
    nameTemplate: ${nameTemplate}
    from:
      results:
        pullSpec: pull-spec
        digest: image-digest
${more}`;
}

/** The params of a build for an example. */
export function exampleParams(params: Readonly<Record<string, string>>): string {
  const lines = Object.entries(params).map(([name, value]) => `      ${name}: ${value}\n`);
  return `    params:\n${lines.join("")}`;
}

/** A whole, valid channel file for an example. */
export function exampleChannel(
  name: string,
  { sources, suffix }: { readonly sources: readonly string[]; readonly suffix: string },
): string {
  const lines = sources.map((stream) => `    - stream: ${stream}\n`);
  return `apiVersion: streams.okd.io/v1alpha1
kind: Channel
metadata:
  name: ${name}
spec:
  title: An example
  sources:
${lines.join("")}  naming:
    suffix: ${suffix}
  promotion:
    approvals:
      minimum: 1
      approvers: [octocat, hubot]
`;
}

/** A whole, valid release.yaml for an example. */
export function exampleChannelRelease(name: string): string {
  return `apiVersion: streams.okd.io/v1alpha1
kind: ChannelRelease
metadata:
  name: ${name}
spec:
  name: 4.21.0-okd-scos.0
  stream: edge
  release: 4.21.0-0.okd-scos-2026-01-30-101010
  pullSpec: quay.io/okd/scos-release:4.21.0-okd-scos.0
  digest: sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  promotion:
    requestedBy: octocat
`;
}

/** A whole, valid Task file for an example. */
export function exampleTask(name: string): string {
  return `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: ${name}
spec:
  steps:
    - name: greet
      image: docker.io/library/busybox:1.37
      script: echo hello
`;
}

/** Verifications that are laid over a stream for an example. */
export function exampleVerifications(...names: readonly string[]): string {
  const each = names.map(
    (name) =>
      `    - name: ${name}\n      mode: informing\n      pipelineRef:\n        path: tekton/pipelines/verify.yaml\n      params:\n        digest: $(release.digest)\n`,
  );
  return `spec:\n  verify:\n${each.join("")}`;
}
