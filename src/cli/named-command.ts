import { Command } from "commander";

/** Every command, with what `--help` says of it: it stands here so that the help loads none of them. */
export const summaries = {
  init: "Write a streams repository of your own, with one stream that builds on any machine",
  new: "Write the file of a new stream or channel",
  validate: "Find mistakes in streams, channels and Tekton files",
  plan: "Show what the merge of the working tree would build, and why",
  render: "Show the PipelineRun that builds a stream",
  run: "Run a stream's build, or Tekton objects from files, on this machine",
  doctor: "Check what the bot is set up with, reaches and may do, without starting anything",
  tekton: "Make what a cluster with Tekton needs",
  demo: "Play the way of a stream on this machine, with stand-ins for GitHub and Tekton",
  serve: "Run the bot: receive GitHub's webhooks, start builds, promote releases",
  status: "Show what each channel holds, and how each stream stands",
  reconcile:
    "Compare every repository, run and promotion with GitHub and the clusters, and do what is missing",
} as const;

export type CommandName = keyof typeof summaries;

/** A command that has its name and its summary, and nothing else yet. */
export function namedCommand(name: CommandName): Command {
  return new Command(name).description(summaries[name]);
}
