import { exampleStream, exampleVerifications } from "./example-files.ts";
import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

const file = "streams/example.yaml";
const retired = "  lifecycle:\n    state: retired\n";

/** Rules of one stream: when it builds, what it says of itself, what it calls its releases. */
export const streamRules = {
  "schedule-cron-invalid": {
    ...error,
    what: "A schedule is no cron expression of five fields.",
    why: "The stream would never be built by it.",
    mend: "Write minute, hour, day of month, month and day of week, such as `30 10 * * *`.",
    example: {
      of: "stream",
      wrong: "spec:\n  triggers:\n    schedule:\n      cron: 60 10 * * *\n",
      right: "spec:\n  triggers:\n    schedule:\n      cron: 59 10 * * *\n",
    },
  },
  "schedule-never-fires": {
    ...error,
    what: "A schedule never comes due.",
    why: "A stream that never builds looks like one that is well.",
    mend: "Correct the day or the month; neither 30 February nor 31 April exists.",
    example: {
      of: "stream",
      wrong: "spec:\n  triggers:\n    schedule:\n      cron: 0 6 31 4 *\n",
      right: "spec:\n  triggers:\n    schedule:\n      cron: 0 6 30 4 *\n",
    },
  },
  "schedule-too-frequent": {
    ...warning,
    what: "A schedule comes due again before the build that it began has to have ended.",
    why: "Builds of one stream would run side by side, in one another's way and on the same machines. How long a build may take is `spec.build.timeouts.pipeline`, an hour where it is absent.",
    mend: "Build less often, or give the build less time.",
    example: {
      of: "stream",
      wrong:
        "spec:\n  build:\n    timeouts:\n      pipeline: 4h\n  triggers:\n    schedule:\n      cron: 0 */2 * * *\n",
      right:
        "spec:\n  build:\n    timeouts:\n      pipeline: 4h\n  triggers:\n    schedule:\n      cron: 0 */6 * * *\n",
    },
  },
  "time-zone-unknown": {
    ...error,
    what: "A time zone is unknown.",
    why: "A schedule or a freeze would come at another time than its author means.",
    mend: "Write an IANA name such as `Europe/Berlin`, or leave it out for UTC.",
    example: {
      of: "stream",
      wrong: "spec:\n  triggers:\n    schedule:\n      cron: 30 10 * * *\n      timeZone: Berlin\n",
      right:
        "spec:\n  triggers:\n    schedule:\n      cron: 30 10 * * *\n      timeZone: Europe/Berlin\n",
    },
  },
  "trigger-of-retired": {
    ...warning,
    what: "A retired stream has a schedule, `merge: true` or `afterStreams`.",
    why: "Retired streams are never built; who reads the trigger would wait for a build.",
    mend: "Remove the trigger.",
    example: {
      of: "files",
      wrong: {
        [file]: exampleStream("example", { triggers: "    merge: true\n", more: retired }),
      },
      right: {
        [file]: exampleStream("example", { triggers: "    merge: false\n", more: retired }),
      },
    },
  },
  "end-of-life-passed": {
    ...warning,
    what: "A stream is active after its end of life.",
    why: "It builds on, although nobody maintains it any more.",
    mend: "Retire it, or give it a later day.",
    example: {
      of: "stream",
      wrong: "spec:\n  lifecycle:\n    state: active\n    endOfLife: 2024-06-30\n",
      right: "spec:\n  lifecycle:\n    state: active\n    endOfLife: 2099-06-30\n",
    },
  },
  "verification-duplicate": {
    ...error,
    what: "Two verifications of a stream have the same name.",
    why: "Channels require verifications by name; what one of the two says would stand for both.",
    mend: "Rename or remove one of the two.",
    example: {
      of: "stream",
      wrong: exampleVerifications("contents", "contents"),
      right: exampleVerifications("contents", "upgrade"),
    },
  },
  "version-contradicts": {
    ...warning,
    what: "A stream's version differs from the one in its name, its title, its branch, its claim or what it makes.",
    why: "A file that was copied for the next version and changed in part builds one version and calls it another. Names of params tell what is looked at (branch, ref, version, tag, claim, resulting image); a value that names two versions, or that a build only starts from, is left alone.",
    mend: "Correct the one that is wrong; `$(stream.version)` in a param follows the stream by itself.",
    example: {
      of: "stream",
      wrong: 'spec:\n  version: "4.19"\n  build:\n    params:\n      branch: release-4.18\n',
      right: 'spec:\n  version: "4.19"\n  build:\n    params:\n      branch: release-4.19\n',
    },
  },
  "operating-system-contradicts": {
    ...warning,
    what: "A stream of one operating system has the other in its name, its variant or what it makes.",
    why: "Nodes that are updated to such a release would exchange their operating system.",
    mend: "Correct the one that is wrong.",
    example: {
      of: "stream",
      wrong:
        "spec:\n  operatingSystem: fcos\n  release:\n    nameTemplate: $(stream.version).0-0.okd-scos-$(run.time)\n",
      right:
        "spec:\n  operatingSystem: fcos\n  release:\n    nameTemplate: $(stream.version).0-0.okd-fcos-$(run.time)\n",
    },
  },
  "maintainer-is-team": {
    ...warning,
    what: "A maintainer of a stream is a team.",
    why: "Maintainers are compared by login, so the members of the team may do nothing.",
    mend: "Name the people, or give the team write access to the repository.",
    example: {
      of: "stream",
      wrong: 'spec:\n  maintainers: ["@okd-project/edge"]\n',
      right: "spec:\n  maintainers: [octocat]\n",
    },
  },
  "person-duplicate": {
    ...warning,
    what: "A person or a team stands twice in a list, in capital and in small letters.",
    why: "GitHub takes them for the same, so the list has fewer people than it seems.",
    mend: "Remove one of the two.",
    example: {
      of: "stream",
      wrong: "spec:\n  maintainers: [octocat, Octocat]\n",
      right: "spec:\n  maintainers: [octocat, hubot]\n",
    },
  },
  "release-name-invalid": {
    ...error,
    what: "A name template gives names that can't be tags of images.",
    why: "A tag has at most 128 letters, digits, `.`, `_` and `-`; the release could not be published.",
    mend: "Correct or shorten the template.",
    example: {
      of: "stream",
      wrong:
        "spec:\n  architectures: [amd64, arm64]\n  release:\n    nameTemplate: $(stream.version).0-0.$(stream.architectures)-$(run.time)\n",
      right:
        "spec:\n  architectures: [amd64, arm64]\n  release:\n    nameTemplate: $(stream.version).0-0.multi-$(run.time)\n",
    },
  },
  "release-name-repeats": {
    ...error,
    what: "A name template gives the same name to several builds.",
    why: "Nobody could tell which of the builds was tested and promoted.",
    mend: "Add `$(run.time)` or `$(run.id)`.",
    example: {
      of: "stream",
      wrong: "spec:\n  release:\n    nameTemplate: $(stream.version).0-0.okd-scos\n",
      right: "spec:\n  release:\n    nameTemplate: $(stream.version).0-0.okd-scos-$(run.time)\n",
    },
  },
  "timeouts-contradict": {
    ...error,
    what: "The tasks or the finally tasks of a run may take longer than the whole run.",
    why: "Tekton refuses such a run when it starts, after the merge.",
    mend: "Raise `pipeline`, or lower the other.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    timeouts:\n      pipeline: 2h\n      tasks: 3h\n",
      right: "spec:\n  build:\n    timeouts:\n      pipeline: 3h\n      tasks: 2h\n",
    },
  },
  "quantity-too-small": {
    ...warning,
    what: "Memory or storage of less than a mebibyte, mostly a number without its unit.",
    why: "A number alone counts bytes, and no build runs in 16 of them.",
    mend: "Write the unit, such as `16Gi`.",
    example: {
      of: "stream",
      wrong: 'spec:\n  build:\n    needs:\n      memory: "16"\n',
      right: "spec:\n  build:\n    needs:\n      memory: 16Gi\n",
    },
  },
  "after-stream-unknown": {
    ...error,
    what: "`afterStreams` names a stream that does not exist.",
    why: "The stream would never be built by it.",
    mend: "Correct the name, or remove it.",
    example: {
      of: "stream",
      wrong: "spec:\n  triggers:\n    afterStreams: [nowhere]\n",
      right: "spec:\n  triggers:\n    afterStreams: []\n",
    },
  },
  "after-stream-retired": {
    ...warning,
    what: "A stream follows a retired stream.",
    why: "It gives no further release, so nothing will build the stream.",
    mend: "Follow another stream, or remove it.",
    example: {
      of: "files",
      wrong: {
        "streams/old.yaml": exampleStream("old", { more: retired }),
        [file]: exampleStream("example", { triggers: "    afterStreams: [old]\n" }),
      },
      right: {
        "streams/old.yaml": exampleStream("old", { more: retired }),
        [file]: exampleStream("example", { triggers: "    afterStreams: [edge]\n" }),
      },
    },
  },
  "after-stream-cycle": {
    ...error,
    what: "Streams build each other in a circle, or one itself.",
    why: "They would build for ever.",
    mend: "Remove one `afterStreams` from the circle.",
    example: {
      of: "stream",
      wrong: "spec:\n  triggers:\n    afterStreams: [edge]\n",
      right: "spec:\n  triggers:\n    afterStreams: []\n",
    },
  },
} as const satisfies Record<string, Rule>;
