import { stringify } from "yaml";
import { scalarText } from "../../yaml/scalar-text.ts";
import type { Channel, Stream } from "../types.ts";
import { schemaComment } from "./schema-comment.ts";

/** What a person says of a channel that does not exist yet. */
export interface NewChannel {
  readonly name: string;
  readonly title?: string | undefined;
  readonly source: Stream;
  /** The part of published names between version and number; made of the channel's name where absent. */
  readonly suffix?: string | undefined;
  /** How many of the repository's approvers have to agree. */
  readonly approvals: number;
  readonly publish?: Channel["spec"]["publish"];
  /** Whether the repository has the schemas itself. */
  readonly localSchemas: boolean;
}

/** The file of a channel of that name. */
export function channelPath(name: string): string {
  return `streams/channels/${name}/channel.yaml`;
}

/** The text of a channel that takes from one stream what its blocking verifications passed. */
export function channelText(channel: NewChannel): string {
  const { name, title, source, publish } = channel;
  const path = channelPath(name);
  const blocking = (source.spec.verify ?? []).filter(({ mode }) => mode === "blocking");
  const spec = {
    title: title ?? `Channel ${name}`,
    sources: [{ stream: source.metadata.name }],
    naming: { suffix: channel.suffix ?? suffixOf(name, source.spec.operatingSystem) },
    promotion: {
      ...(blocking.length > 0 && { requires: blocking.map((verification) => verification.name) }),
      approvals: { minimum: channel.approvals },
    },
    ...(publish !== undefined && { publish }),
  };
  return `${schemaComment({ schema: "channel", path, local: channel.localSchemas })}
apiVersion: streams.okd.io/v1alpha1
kind: Channel
metadata:
  name: ${scalarText(name)}
${stringify({ spec }, { lineWidth: 120 })}`;
}

const longestSuffix = 40;

/** Of the channel's own name, so that no two channels publish the same: `okd-scos.next` of the channel `4-scos-next`. */
function suffixOf(name: string, operatingSystem: string): string {
  const own = name.replace(new RegExp(`^[0-9-]+|\\b${operatingSystem}-`, "g"), "");
  const suffix = own === "" ? `okd-${operatingSystem}.v${name}` : `okd-${operatingSystem}.${own}`;
  return suffix.slice(0, longestSuffix).replace(/-+$/, "");
}
