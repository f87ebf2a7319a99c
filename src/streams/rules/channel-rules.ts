import { exampleChannel, exampleChannelRelease, exampleStream } from "./example-files.ts";
import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

const channel = "streams/channels/example/channel.yaml";
const release = "streams/channels/example/release.yaml";
const stream = "streams/example.yaml";
const retired = "  lifecycle:\n    state: retired\n";

/** Rules of channels, with what feeds them and who lets releases in. */
export const channelRules = {
  "channel-source-unknown": {
    ...error,
    what: "A source of a channel does not exist.",
    why: "Nothing could be promoted from it.",
    mend: "Correct the name, or remove the source.",
    example: {
      of: "channel",
      wrong: "spec:\n  sources:\n    - stream: egde\n",
      right: "spec:\n  sources:\n    - stream: edge\n",
    },
  },
  "channel-source-retired": {
    ...warning,
    what: "A retired stream feeds a channel.",
    why: "It gives no further release; people would wait for one.",
    mend: "Remove the source.",
    example: {
      of: "files",
      wrong: {
        [stream]: exampleStream("example", { more: retired }),
        [channel]: exampleChannel("example", {
          sources: ["edge", "example"],
          suffix: "okd-scos",
        }),
      },
      right: {
        [stream]: exampleStream("example", { more: retired }),
        [channel]: exampleChannel("example", { sources: ["edge"], suffix: "okd-scos" }),
      },
    },
  },
  "channel-operating-systems": {
    ...warning,
    what: "Streams of different operating systems feed one channel.",
    why: "Who updates along the channel would have the operating system of their nodes exchanged.",
    mend: "Give each operating system a channel of its own.",
    example: {
      of: "files",
      wrong: {
        [stream]: exampleStream("example", { operatingSystem: "fcos" }),
        [channel]: exampleChannel("example", { sources: ["edge", "example"], suffix: "okd" }),
      },
      right: {
        [stream]: exampleStream("example", { operatingSystem: "fcos" }),
        [channel]: exampleChannel("example", { sources: ["example"], suffix: "okd" }),
      },
    },
  },
  "channel-cycle": {
    ...error,
    what: "Channels feed each other in a circle, or one itself.",
    why: "A release would have to be in each before it is in the other.",
    mend: "Remove one source from the circle.",
    example: {
      of: "channel",
      wrong: "spec:\n  sources:\n    - stream: edge\n    - channel: next\n",
      right: "spec:\n  sources:\n    - stream: edge\n",
    },
  },
  "channel-verification-unknown": {
    ...error,
    what: "A channel requires a verification that a stream which feeds it does not have.",
    why: "The gate could never open for that stream.",
    mend: "Correct the name, or add the verification to the stream.",
    example: {
      of: "channel",
      wrong: "spec:\n  promotion:\n    requires: [contnets]\n",
      right: "spec:\n  promotion:\n    requires: [contents]\n",
    },
  },
  "channel-approvals-impossible": {
    ...error,
    what: "A channel asks for more approvals than there are people to give them.",
    why: "Who asks for a promotion never approves it, so the gate could never open.",
    mend: "Name more approvers, or lower the minimum.",
    example: {
      of: "channel",
      wrong:
        "spec:\n  promotion:\n    approvals:\n      minimum: 2\n      approvers: [octocat, hubot]\n",
      right:
        "spec:\n  promotion:\n    approvals:\n      minimum: 1\n      approvers: [octocat, hubot]\n",
    },
  },
  "channel-soak-long": {
    ...warning,
    what: "A release has to soak for more than 90 days.",
    why: "Fixes would reach nobody in time; mostly the unit is wrong.",
    mend: "Shorten the soak; `d` is days, `h` hours, `m` minutes.",
    example: {
      of: "channel",
      wrong: "spec:\n  promotion:\n    soak: 168d\n",
      right: "spec:\n  promotion:\n    soak: 168h\n",
    },
  },
  "freeze-ends-before-it-begins": {
    ...error,
    what: "A freeze ends before it begins.",
    why: "It would freeze nothing.",
    mend: "Exchange `from` and `to`, or correct one.",
    example: {
      of: "channel",
      wrong:
        "spec:\n  promotion:\n    freezes:\n      - from: 2098-12-20\n        to: 2098-01-06\n        reason: Holidays\n",
      right:
        "spec:\n  promotion:\n    freezes:\n      - from: 2098-12-20\n        to: 2099-01-06\n        reason: Holidays\n",
    },
  },
  "freeze-long": {
    ...warning,
    what: "A freeze lasts longer than a year.",
    why: "Nothing would be promoted in all that time; mostly the year is wrong.",
    mend: "Correct the year, or remove the channel.",
    example: {
      of: "channel",
      wrong:
        "spec:\n  promotion:\n    freezes:\n      - from: 2090-12-20\n        to: 2099-01-06\n        reason: Holidays\n",
      right:
        "spec:\n  promotion:\n    freezes:\n      - from: 2098-12-20\n        to: 2099-01-06\n        reason: Holidays\n",
    },
  },
  "freeze-over": {
    ...warning,
    what: "A freeze is over.",
    why: "It freezes nothing any more; a wrong year would let through what was meant to wait.",
    mend: "Remove it, or correct the year.",
    example: {
      of: "channel",
      wrong:
        "spec:\n  promotion:\n    freezes:\n      - from: 2024-12-20\n        to: 2025-01-06\n        reason: Holidays\n",
      right:
        "spec:\n  promotion:\n    freezes:\n      - from: 2098-12-20\n        to: 2099-01-06\n        reason: Holidays\n",
    },
  },
  "freeze-within-another": {
    ...warning,
    what: "A freeze stands within another of the same channel.",
    why: "It changes nothing; mostly it was added twice, or one has a wrong day.",
    mend: "Remove one of the two, or correct the days.",
    example: {
      of: "channel",
      wrong:
        "spec:\n  promotion:\n    freezes:\n      - from: 2098-12-20\n        to: 2099-01-06\n        reason: Holidays\n      - from: 2098-12-24\n        to: 2098-12-26\n        reason: Christmas\n",
      right:
        "spec:\n  promotion:\n    freezes:\n      - from: 2098-12-20\n        to: 2099-01-06\n        reason: Holidays\n      - from: 2099-04-01\n        to: 2099-04-04\n        reason: Easter\n",
    },
  },
  "channel-names-shared": {
    ...error,
    what: "Two channels publish the same names: they have the same suffix, and releases of the same version.",
    why: "A published name would not tell which channel it is of, and both count in one row of numbers.",
    mend: "Give each channel a suffix of its own.",
    example: {
      of: "files",
      wrong: {
        [channel]: exampleChannel("example", { sources: ["edge"], suffix: "okd-scos.ec" }),
      },
      right: {
        [channel]: exampleChannel("example", { sources: ["edge"], suffix: "okd-scos" }),
      },
    },
  },
  "release-name-unpublishable": {
    ...error,
    what: "A stream that feeds a channel has a name template from which no published name follows.",
    why: "A published name is `VERSION-SUFFIX.N`, with the three numbers that the release's own name begins with; every promotion would be refused.",
    mend: "Begin the template as in `$(stream.version).0-0.okd-scos-$(run.time)`.",
    example: {
      of: "stream",
      wrong: "spec:\n  release:\n    nameTemplate: edge-$(run.time)\n",
      right: "spec:\n  release:\n    nameTemplate: $(stream.version).0-0.edge-$(run.time)\n",
    },
  },
  "channel-release-orphan": {
    ...error,
    what: "A release.yaml stands beside no channel.",
    why: "Nobody's policy guards it.",
    mend: "Add channel.yaml, or remove the folder.",
    example: {
      of: "files",
      wrong: { [release]: exampleChannelRelease("example") },
      right: {
        [release]: exampleChannelRelease("example"),
        [channel]: exampleChannel("example", { sources: ["edge"], suffix: "okd-scos" }),
      },
    },
  },
} as const satisfies Record<string, Rule>;
