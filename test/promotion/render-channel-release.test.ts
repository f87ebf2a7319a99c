import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { renderChannelRelease } from "../../src/promotion/render-channel-release.ts";
import { channelRelease } from "./fixtures.ts";

test("the text says who writes it, and stands in the order of the schema", () => {
  expect(renderChannelRelease(channelRelease())).toMatchInlineSnapshot(`
   "# What this channel holds. The bot writes this file, through promotion pull requests only:
   # ask for one with \`/promote RELEASE|latest to CHANNEL\` in a comment. Its git log is the channel's history.

   apiVersion: streams.okd.io/v1alpha1
   kind: ChannelRelease
   metadata:
     name: 4-scos-next
   spec:
     name: 4.22.0-okd-scos.ec.3
     stream: scos-edge
     release: 4.22.0-0.okd-scos-2026-10-01-101010
     pullSpec: quay.io/okd/scos-release@sha256:0123
     digest: sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
     previous: 4.22.0-okd-scos.ec.2
     promotion:
       requestedBy: ada
       comment: https://github.com/okd/streams/pull/1#issuecomment-2
   "
  `);
});

test("a channel's first release has no previous one", () => {
  const { name, stream, release, pullSpec, digest, promotion } = channelRelease().spec;
  const first = {
    ...channelRelease(),
    spec: { name, stream, release, pullSpec, digest, promotion },
  };
  expect(parse(renderChannelRelease(first))).toEqual(first);
});

test("property: whatever the strings hold, parsing gives the value back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (name, requestedBy) => {
      const value = channelRelease({ name, release: requestedBy, promotion: { requestedBy } });
      expect(parse(renderChannelRelease(value))).toEqual(value);
    }),
  );
});
