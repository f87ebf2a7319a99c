import { proposalFormPath } from "../proposals/proposal-fields.ts";
import { proposalForm } from "../proposals/proposal-form.ts";
import type { Channel, Stream } from "../types.ts";
import { channelPath, channelText } from "./channel-text.ts";
import { codeownersText, readmeText, settingsText, workflowText } from "./repository-texts.ts";
import { scaffoldPipelines, streamPath } from "./stream-text.ts";

/** A text file of a repository, by its path from the root. */
export interface ScaffoldFile {
  readonly path: string;
  readonly text: string;
}

/** What a repository of streams begins with. */
export interface NewRepository {
  /** The first stream, and the text of its file. */
  readonly stream: Stream;
  readonly streamText: string;
  /** Who reviews changes and approves promotions: logins and @org/team. */
  readonly owners: readonly string[];
  /** Pipelines, tasks and triggers, and whatever else every such repository has alike. */
  readonly shared: readonly ScaffoldFile[];
}

const firstChannel = "next";

/** All files of a new streams repository: one stream, one channel, and what builds, checks and explains them. */
export function newRepository(repository: NewRepository): ScaffoldFile[] {
  const { stream, owners } = repository;
  const channel = channelText({
    name: firstChannel,
    title: "Next",
    source: stream,
    approvals: approvalsOf(owners),
    publish,
    localSchemas: false,
  });
  return [
    { path: "README.md", text: readmeText(stream.metadata.name, firstChannel) },
    { path: proposalFormPath, text: proposalForm([scaffoldPipelines.build]) },
    { path: ".github/CODEOWNERS", text: codeownersText(owners) },
    { path: ".github/okd-streams.yml", text: settingsText(owners) },
    { path: ".github/workflows/validate-streams.yml", text: workflowText },
    { path: streamPath(stream.metadata.name), text: repository.streamText },
    { path: channelPath(firstChannel), text: channel },
    ...repository.shared,
  ];
}

const publish: NonNullable<Channel["spec"]["publish"]> = {
  cluster: "laptop",
  pipelineRef: { path: scaffoldPipelines.publish },
  params: {
    "pull-spec": "$(release.pullSpec)",
    digest: "$(release.digest)",
    "release-name": "$(release.name)",
    channel: "$(channel.name)",
  },
  workspaces: { registry: { persistentVolumeClaim: { claimName: "okd-streams-registry" } } },
};

/** How many approvals a channel may ask for: who asks for a promotion never approves it, so one person can give none. */
export function approvalsOf(owners: readonly string[]): number {
  return owners.length > 1 || owners.some((owner) => owner.startsWith("@")) ? 1 : 0;
}
