import type { Promotion } from "../../store/promotion-record.ts";
import type { Release } from "../../store/release-record.ts";
import type { ChannelRelease } from "../../streams/types.ts";

/** What a promotion makes its channel's release.yaml say. `comment` is the address of the comment that asked for it. */
export function channelReleaseOf(
  promotion: Promotion,
  release: Release,
  comment: string | undefined,
): ChannelRelease {
  return {
    apiVersion: "streams.okd.io/v1alpha1",
    kind: "ChannelRelease",
    metadata: { name: promotion.channel },
    spec: {
      name: promotion.targetName,
      stream: release.stream,
      release: release.name,
      pullSpec: release.pullSpec,
      digest: release.digest,
      ...(promotion.fromRelease === null ? {} : { previous: promotion.fromRelease }),
      promotion: {
        requestedBy: promotion.requester,
        ...(comment === undefined ? {} : { comment }),
      },
    },
  };
}
