import { schemaComment } from "./schema-comment.ts";
import { peopleText } from "./stream-text.ts";

/** `.github/okd-streams.yml` of a new repository. */
export function settingsText(owners: readonly string[]): string {
  const path = ".github/okd-streams.yml";
  return `${schemaComment({ schema: "streams-settings", path, local: false })}
apiVersion: streams.okd.io/v1alpha1
kind: StreamsSettings
# "report" comments and checks only; "active" also builds what is merged, and promotes.
mode: active
${
  owners.length === 0
    ? ""
    : `roles:
  # Who may approve promotions; who asks for one never approves it.
${peopleText("  approvers", owners)}`
}`;
}

/** `.github/CODEOWNERS` of a new repository. */
export function codeownersText(owners: readonly string[]): string {
  const names = owners.map((owner) => (owner.startsWith("@") ? owner : `@${owner}`)).join(" ");
  return `# Who is asked to review${owners.length === 0 ? ", such as: * @octocat" : `.\n* ${names}`}
# Promotions have approvals of their own, by comment and counted by the bot: their file needs no second review.
/streams/channels/*/release.yaml
`;
}

/** A workflow that marks findings in pull requests, with the bot or without it. */
export const workflowText = `# The findings of the streams, as annotations of the pull request. It needs no bot.
name: validate-streams
on:
  pull_request:
    paths: [streams/**, tekton/**, .github/okd-streams.yml]
permissions:
  contents: read
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
          # The pull request's merge and both of its parents: what the base has already is not told again.
          fetch-depth: 2
      # A commit in place of main decides that you, and nobody else, say when it changes.
      - uses: okd-project/okd-streams@main
        with:
          base: \${{ github.event.pull_request.base.sha }}
`;

/** `README.md` of a new repository. */
export function readmeText(stream: string, channel: string): string {
  return `# Streams

The streams and release channels that we build OKD from, as files. A stream is a build, test and release pipeline for one
configuration of OKD; a channel is what people install from.

- \`streams/${stream}.yaml\`: our first stream.
- \`streams/channels/${channel}/channel.yaml\`: where its releases are promoted to, and what that needs.
- \`tekton/pipelines\` and \`tekton/tasks\`: how streams are built, verified and published.
- \`tekton/triggers\`: what a cluster needs to build them; \`kubectl apply -k tekton/triggers\`.
- \`.github/okd-streams.yml\`: how the bot treats this repository, and who approves.

## Add or change a stream

    okd-streams new stream NAME --from ${stream}
    okd-streams validate

Then open a pull request. Its review says what is wrong, where, and how to mend it, and what the merge would build.

    okd-streams run ${stream}

builds a stream on this machine, without a cluster. The command comes with a clone of
[okd-streams](https://github.com/okd-project/okd-streams): \`npm install && npm run build && npm link\` there.

Without git and without the command, open an issue with the form “Propose a stream”: the bot makes a pull request of it.
`;
}
