import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** Rules of schedules, and of streams and channels among each other. */
export const streamRules = {
  "schedule-cron-invalid": {
    ...error,
    what: "A schedule is no cron expression of five fields.",
    why: "The stream would never be built by it.",
    mend: "Write minute, hour, day of month, month and day of week, such as `30 10 * * *`.",
  },
  "schedule-never-fires": {
    ...error,
    what: "A schedule never comes due.",
    why: "A stream that never builds looks like one that is well.",
    mend: "Correct the day or the month; 30 February does not exist.",
  },
  "time-zone-unknown": {
    ...error,
    what: "A time zone is unknown.",
    why: "A schedule or a freeze would come at another time than its author means.",
    mend: "Write an IANA name such as `Europe/Berlin`, or leave it out for UTC.",
  },
  "after-stream-unknown": {
    ...error,
    what: "`afterStreams` names a stream that does not exist.",
    why: "The stream would never be built by it.",
    mend: "Correct the name, or remove it.",
  },
  "after-stream-cycle": {
    ...error,
    what: "Streams build each other in a circle.",
    why: "They would build for ever.",
    mend: "Remove one `afterStreams` from the circle.",
  },
  "channel-source-unknown": {
    ...error,
    what: "A source of a channel does not exist.",
    why: "Nothing could be promoted from it.",
    mend: "Correct the name, or remove the source.",
  },
  "channel-source-retired": {
    ...warning,
    what: "A retired stream feeds a channel.",
    why: "It gives no further release; people would wait for one.",
    mend: "Remove the source.",
  },
  "channel-cycle": {
    ...error,
    what: "Channels feed each other in a circle.",
    why: "A release would have to be in each before it is in the other.",
    mend: "Remove one source from the circle.",
  },
  "channel-verification-unknown": {
    ...error,
    what: "A channel requires a verification that a stream which feeds it does not have.",
    why: "The gate could never open for that stream.",
    mend: "Correct the name, or add the verification to the stream.",
  },
  "channel-approvals-impossible": {
    ...error,
    what: "A channel asks for more approvals than there are people to give them.",
    why: "Who asks for a promotion never approves it, so the gate could never open.",
    mend: "Name more approvers, or lower the minimum.",
  },
  "freeze-ends-before-it-begins": {
    ...error,
    what: "A freeze ends before it begins.",
    why: "It would freeze nothing.",
    mend: "Exchange `from` and `to`, or correct one.",
  },
  "channel-release-orphan": {
    ...error,
    what: "A release.yaml stands beside no channel.",
    why: "Nobody's policy guards it.",
    mend: "Add channel.yaml, or remove the folder.",
  },
} as const satisfies Record<string, Rule>;
