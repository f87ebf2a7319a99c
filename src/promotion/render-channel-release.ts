import { Document } from "yaml";
import type { ChannelRelease } from "../streams/types.ts";

const header = ` What this channel holds. The bot writes this file, through promotion pull requests only:
 ask for one with \`/promote RELEASE|latest to CHANNEL\` in a comment. Its git log is the channel's history.`;

/** The text of a channel's release.yaml; the same value always gives the same text, in the order of the schema. */
export function renderChannelRelease({ metadata, spec }: ChannelRelease): string {
  const { name, stream, release, pullSpec, digest, previous, promotion } = spec;
  const { requestedBy, comment } = promotion;
  const document = new Document({
    apiVersion: "streams.okd.io/v1alpha1",
    kind: "ChannelRelease",
    metadata: { name: metadata.name, ...(metadata.labels && { labels: metadata.labels }) },
    spec: {
      name,
      stream,
      release,
      pullSpec,
      digest,
      ...(previous !== undefined && { previous }),
      promotion: { requestedBy, ...(comment !== undefined && { comment }) },
    },
  } satisfies ChannelRelease);
  document.commentBefore = header;
  return document.toString({ lineWidth: 0 });
}
