/** The stream that the contributor adds. */
export const gatewayPath = "streams/gateway.yaml";

/** Its text, right or with three mistakes: a misspelt key, a parameter that the pipeline lacks, a day that never comes. */
export function gatewayStream({ mistaken }: { readonly mistaken: boolean }): string {
  return `apiVersion: streams.okd.io/v1alpha1
kind: Stream
metadata:
  name: gateway
  labels:
    streams.okd.io/experimental: "true"
spec:
  ${mistaken ? "titel" : "title"}: OKD for network gateways
  description: A small OKD for the boxes between two networks.
  version: "4.21"
  operatingSystem: scos
  architectures: [amd64]
  build:
    cluster: laptop
    pipelineRef:
      path: tekton/pipelines/build-oci-image.yaml
    params:
      image-repository: localhost/okd/scos-gateway
      version: $(stream.version)
      variant: gateway
      packages: okd-base kubelet crio nftables frr
${mistaken ? "      kernel-arguments: nosmt\n" : ""}    workspaces:
      registry:
        persistentVolumeClaim:
          claimName: okd-streams-registry
  triggers:
    merge: true
    schedule:
      cron: "${mistaken ? "0 3 31 2 *" : "0 3 * * 1"}"
  release:
    nameTemplate: $(stream.version).0-0.okd-scos-gateway-$(run.time)
    from:
      results:
        pullSpec: pull-spec
        digest: image-digest
`;
}

export interface Mistake {
  readonly about: string;
  readonly line: number;
  readonly column: number;
}

/** Where the three mistakes stand, counted in the text itself. */
export const mistakes: readonly Mistake[] = [
  placeOf("a misspelt key", "titel"),
  placeOf("a parameter that the pipeline does not have", "kernel-arguments"),
  placeOf("a day that never comes", '"0 3 31 2 *"'),
];

function placeOf(about: string, text: string): Mistake {
  const lines = gatewayStream({ mistaken: true }).split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  return { about, line: index + 1, column: (lines[index]?.indexOf(text) ?? 0) + 1 };
}
