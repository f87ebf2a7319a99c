/** The label that the form gives to its issues: it says that one may be a proposal, and nothing else. */
export const proposalLabel = "stream-proposal";

/** Where GitHub looks for the form. */
export const proposalFormPath = ".github/ISSUE_TEMPLATE/propose-stream.yml";

/** The fields of the form, and the headings that GitHub writes above their values. */
export const proposalFields = {
  name: "Name of the stream",
  title: "Title",
  version: "Version of OKD",
  operatingSystem: "Operating system",
  like: "Stream that it is like",
  pipeline: "Pipeline",
  maintainers: "Maintainers",
  params: "Params",
  // Last, so that what somebody adds below by hand changes nothing else.
  description: "What it is for",
} as const;

export type ProposalField = keyof typeof proposalFields;
