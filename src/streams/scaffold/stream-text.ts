import { scalarText } from "../../yaml/scalar-text.ts";
import { schemaComment } from "./schema-comment.ts";

/** The pipeline that a stream from nothing is built with, and the one that verifies it. */
export const scaffoldPipelines = {
  build: "tekton/pipelines/build-oci-image.yaml",
  verify: "tekton/pipelines/verify-oci-image.yaml",
  publish: "tekton/pipelines/publish-oci-image.yaml",
} as const;

/** What a person says of a stream that does not exist yet. */
export interface NewStream {
  readonly name: string;
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly operatingSystem?: "scos" | "fcos" | undefined;
  readonly maintainers?: readonly string[] | undefined;
  /** Whether the repository has the schemas itself. */
  readonly localSchemas: boolean;
}

export const defaultVersion = "4.21";

/** The file of a stream of that name. */
export function streamPath(name: string): string {
  return `streams/${name}.yaml`;
}

/** The text of a small stream that needs no more than a shell to build, so that it builds on any machine. */
export function streamText(stream: NewStream): string {
  const { name, operatingSystem = "scos", maintainers = [] } = stream;
  const release = `$(stream.version).0-0.okd-${operatingSystem}-${name}-$(run.time)`;
  return `${schemaComment({ schema: "stream", path: streamPath(name), local: stream.localSchemas })}
apiVersion: streams.okd.io/v1alpha1
kind: Stream
metadata:
  name: ${scalarText(name)}
spec:
  title: ${scalarText(stream.title ?? `OKD ${name}`)}
${peopleText("  maintainers", maintainers)}  version: ${scalarText(stream.version ?? defaultVersion)}
  operatingSystem: ${operatingSystem}
  architectures: [amd64]
  build:
    # The bot's operator gave this name to a Tekton target.
    cluster: laptop
    pipelineRef:
      path: ${scaffoldPipelines.build}
    params:
      image-repository: localhost/okd/${operatingSystem}-${name}
      version: $(stream.version)
      variant: ${scalarText(name)}
      packages: okd-base kubelet crio
    workspaces:
      registry:
        persistentVolumeClaim:
          claimName: okd-streams-registry
    timeouts:
      pipeline: 30m
  release:
    nameTemplate: ${release}
    from:
      results:
        pullSpec: pull-spec
        digest: image-digest
  verify:
    - name: image-contents
      mode: blocking
      pipelineRef:
        path: ${scaffoldPipelines.verify}
      params:
        pull-spec: $(release.pullSpec)
        digest: $(release.digest)
      workspaces:
        registry:
          persistentVolumeClaim:
            claimName: okd-streams-registry
`;
}

/** A key with a list of people, or nothing where there are none. */
export function peopleText(key: string, people: readonly string[]): string {
  if (people.length === 0) return "";
  const indent = /^ */.exec(key)?.[0] ?? "";
  return [`${key}:`, ...people.map((person) => `${indent}  - ${scalarText(person)}`), ""].join(
    "\n",
  );
}
