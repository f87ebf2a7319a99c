import type { ServerResponse } from "node:http";
import { serveHttp, type HttpServer } from "../../support/serve-http.ts";

export type Outcome = "succeed" | "fail" | "hang";

/** Tells the steps of builds how to end: a step asks, and waits where it is to hang. */
export interface Outcomes extends HttpServer {
  /** How many steps asked so far. */
  readonly asked: () => number;
  next(outcome: Outcome): void;
}

/** Starts with success. */
export async function serveOutcomes(host: string): Promise<Outcomes> {
  let outcome: Outcome = "succeed";
  let asked = 0;
  const hanging: ServerResponse[] = [];
  const server = await serveHttp((_request, response) => {
    asked += 1;
    if (outcome === "hang") hanging.push(response);
    else response.end(outcome);
  }, host);
  return {
    ...server,
    asked: () => asked,
    next(wanted) {
      outcome = wanted;
    },
  };
}

/** Where the pipeline stands: its name, which picks the trigger, is that of the pipeline for images. */
export const probePipelinePath = "tekton/pipelines/probe/build-oci-image.yaml";

/** A pipeline with the params and results of the one for images, whose only step asks how it shall end. */
export function probePipeline(outcomesUrl: string): string {
  return `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: build-oci-image
spec:
  params:
    - name: image-repository
    - name: version
    - name: variant
    - name: packages
    - name: repository-url
    - name: revision
  workspaces:
    - name: registry
  results:
    - name: image-digest
      value: $(tasks.ask.results.image-digest)
    - name: pull-spec
      value: $(tasks.ask.results.pull-spec)
  tasks:
    - name: ask
      params:
        - name: image-repository
          value: $(params.image-repository)
        - name: revision
          value: $(params.revision)
      taskSpec:
        params:
          - name: image-repository
          - name: revision
        results:
          - name: image-digest
          - name: pull-spec
        steps:
          - name: ask
            image: docker.io/library/busybox:1.37
            env:
              - name: IMAGE
                value: $(params.image-repository)
              - name: REVISION
                value: $(params.revision)
            script: |
              #!/bin/sh
              set -eu
              outcome=$(wget -q -T 600 -O - ${outcomesUrl} || curl -fsS --max-time 600 ${outcomesUrl})
              echo "told to $outcome"
              [ "$outcome" = succeed ] || exit 3
              digest=sha256:$(printf %s "$REVISION" | sha256sum | cut -d ' ' -f 1)
              printf %s "$digest" > $(results.image-digest.path)
              printf %s "$IMAGE@$digest" > $(results.pull-spec.path)
`;
}

export const probeStreamPath = "streams/probe.yaml";

/** A stream that is built by that pipeline. */
export function probeStream({
  packages,
  timeout = "30m",
}: {
  readonly packages: string;
  readonly timeout?: string;
}): string {
  return `apiVersion: streams.okd.io/v1alpha1
kind: Stream
metadata:
  name: probe
spec:
  title: A probe
  version: "4.21"
  operatingSystem: scos
  architectures: [amd64]
  build:
    cluster: laptop
    pipelineRef:
      path: ${probePipelinePath}
    params:
      image-repository: localhost/okd/scos-probe
      version: $(stream.version)
      variant: probe
      packages: ${packages}
    workspaces:
      registry:
        persistentVolumeClaim:
          claimName: okd-streams-registry
    timeouts:
      pipeline: ${timeout}
  triggers:
    merge: true
  release:
    nameTemplate: $(stream.version).0-0.okd-scos-probe-$(run.time)
    from:
      results:
        pullSpec: pull-spec
        digest: image-digest
`;
}
