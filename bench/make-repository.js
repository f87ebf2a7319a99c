import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"];
const purposes = ["edge", "bare-metal", "openstack", "hpc", "storage", "telco"];

/** A streams repository with `count` valid streams of 60 lines each, beside this repository's pipelines and tasks. */
export function makeRepository(root, count) {
  mkdirSync(join(root, "streams"), { recursive: true });
  cpSync(new URL("../tekton", import.meta.url), join(root, "tekton"), { recursive: true });
  for (let index = 0; index < count; index += 1) {
    writeFileSync(join(root, "streams", `${nameOf(index)}.yaml`), streamText(index));
  }
}

/** Such as `edge-00042`. */
export function nameOf(index) {
  return `${purposes[index % purposes.length]}-${String(index).padStart(5, "0")}`;
}

/** The text of one stream; `variant` changes an input of its build. */
export function streamText(index, variant = "standard") {
  const name = nameOf(index);
  const version = `4.${16 + (index % 9)}`;
  const zone = zones[index % zones.length];
  return `# yaml-language-server: $schema=../schemas/stream.json
apiVersion: streams.okd.io/v1alpha1
kind: Stream
metadata:
  name: ${name}
  labels:
    streams.okd.io/layer: payload
    streams.okd.io/number: "${index}"
spec:
  title: OKD ${version} for site ${index}
  description: >-
    Everything that site ${index} installs: the node image, the operators and the tools, built from the
    same sources as everywhere else and tested on the machines that stand there.
  maintainers: [maintainer-${index % 97}, maintainer-${index % 89}a]
  version: "${version}"
  operatingSystem: scos
  architectures: [amd64, arm64]
  build:
    cluster: site-${index % 40}
    pipelineRef:
      path: tekton/pipelines/build-oci-image.yaml
    params:
      image-repository: quay.io/okd/${name}
      version: $(stream.version)
      variant: ${variant}
      packages: okd-base kubelet crio nmstate package-${index}
      architecture: x86_64
    workspaces:
      registry:
        persistentVolumeClaim:
          claimName: registry-${name}
    timeouts:
      pipeline: 2h
      tasks: 1h30m
  triggers:
    merge: true
    schedule:
      cron: "${index % 60} ${index % 24} * * ${index % 7}"
      timeZone: ${zone}
  release:
    nameTemplate: $(stream.version).0-0.okd-${name}-$(run.time)
    from:
      results:
        pullSpec: pull-spec
        digest: image-digest
  verify:
    - name: image-contents
      mode: blocking
      pipelineRef:
        path: tekton/pipelines/verify-oci-image.yaml
      params:
        pull-spec: $(release.pullSpec)
        digest: $(release.digest)
      workspaces:
        registry:
          persistentVolumeClaim:
            claimName: registry-${name}
      maxRetries: 1
  lifecycle:
    state: active
`;
}
