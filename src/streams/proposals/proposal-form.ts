import { stringify } from "yaml";
import { proposalFields, proposalLabel } from "./proposal-fields.ts";

const intro = `You need no git and no rights here: the bot makes a pull request of what you write, with you as the one who proposed it. The pull request is reviewed like every other, and nothing is built before a maintainer merges it. If something is wrong, the bot says so below your issue: edit the issue then.`;

/**
 * The issue form by which somebody proposes a stream. GitHub's forms are fixed texts, so the pipelines that may be chosen
 * are written into it; those that are missing may still be written into the issue.
 * https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
export function proposalForm(pipelines: readonly string[]): string {
  const form = {
    name: "Propose a stream",
    description: "A build of OKD that is missing here. The bot makes a pull request of it.",
    title: "New stream: ",
    labels: [proposalLabel],
    body: [{ type: "markdown", attributes: { value: intro } }, ...fields(pipelines)],
  };
  return `# Made into a pull request by the bot, which knows the fields by their labels: change descriptions, not labels.\n${stringify(form, { lineWidth: 0 })}`;
}

function fields(pipelines: readonly string[]): object[] {
  return [
    input("name", true, {
      description: "Lower case letters, digits and hyphens. The file is streams/NAME.yaml.",
      placeholder: "kiosk",
    }),
    input("title", true, {
      description: "One line that a person knows the stream by.",
      placeholder: "OKD for kiosks",
    }),
    input("version", true, { description: "Major and minor.", placeholder: "4.21" }),
    {
      type: "dropdown",
      id: "operating-system",
      attributes: {
        label: proposalFields.operatingSystem,
        description: "CentOS Stream CoreOS (scos) or Fedora CoreOS (fcos).",
        options: ["scos", "fcos"],
      },
      validations: { required: true },
    },
    input("like", false, {
      description:
        "The name of a stream of this repository. Yours becomes a copy, with its own name and version wherever the other mentions its. Leave it empty for a small stream from nothing.",
      placeholder: "edge",
    }),
    ...(pipelines.length === 0 ? [] : [pipelineField(pipelines)]),
    input("maintainers", false, {
      description: "GitHub logins of those who may build it by comment, such as yourself.",
      placeholder: "octocat, hubot",
    }),
    {
      type: "textarea",
      id: "params",
      attributes: {
        label: proposalFields.params,
        description:
          "What the pipeline is given, one a line as NAME: VALUE; those of the other stream stay where you write none.",
        placeholder: "packages: okd-base kubelet crio",
        render: "yaml",
      },
    },
    {
      type: "textarea",
      id: "description",
      attributes: {
        label: proposalFields.description,
        description: "Who needs it, and why. It becomes the description of the stream.",
      },
    },
  ];
}

function input(
  id: "name" | "title" | "version" | "like" | "maintainers",
  required: boolean,
  { description, placeholder }: { readonly description: string; readonly placeholder: string },
): object {
  return {
    type: "input",
    id,
    attributes: { label: proposalFields[id], description, placeholder },
    ...(required && { validations: { required } }),
  };
}

function pipelineField(options: readonly string[]): object {
  return {
    type: "dropdown",
    id: "pipeline",
    attributes: {
      label: proposalFields.pipeline,
      description: "What builds it. Without one, it is built as the stream that it is like.",
      options,
    },
  };
}
