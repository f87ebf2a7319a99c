import type { Release } from "../../src/promotion/types.ts";
import type { Channel, ChannelRelease } from "../../src/streams/types.ts";

export function release(change: Partial<Release> = {}): Release {
  return {
    name: "4.22.0-0.okd-scos-2026-11-01-101010",
    stream: "scos-edge",
    pullSpec: "quay.io/okd/scos-release@sha256:0123",
    digest: `sha256:${"a".repeat(64)}`,
    commit: "c".repeat(40),
    phase: "Accepted",
    phaseReason: null,
    createdAt: "2026-11-01T10:00:00.000Z",
    acceptedAt: "2026-11-01T12:00:00.000Z",
    ...change,
  };
}

export function channel(change: Partial<Channel["spec"]> = {}): Channel {
  return {
    apiVersion: "streams.okd.io/v1alpha1",
    kind: "Channel",
    metadata: { name: "4-scos-next" },
    spec: {
      title: "OKD 4 on SCOS, next",
      sources: [{ stream: "scos-edge" }],
      naming: { suffix: "okd-scos.ec" },
      promotion: { approvals: { minimum: 2, approvers: ["ada", "bob", "@okd/release"] } },
      ...change,
    },
  };
}

export function channelRelease(
  change: Partial<ChannelRelease["spec"]> = {},
  name = "4-scos-next",
): ChannelRelease {
  return {
    apiVersion: "streams.okd.io/v1alpha1",
    kind: "ChannelRelease",
    metadata: { name },
    spec: {
      name: "4.22.0-okd-scos.ec.3",
      stream: "scos-edge",
      release: "4.22.0-0.okd-scos-2026-10-01-101010",
      pullSpec: "quay.io/okd/scos-release@sha256:0123",
      digest: `sha256:${"b".repeat(64)}`,
      previous: "4.22.0-okd-scos.ec.2",
      promotion: {
        requestedBy: "ada",
        comment: "https://github.com/okd/streams/pull/1#issuecomment-2",
      },
      ...change,
    },
  };
}
