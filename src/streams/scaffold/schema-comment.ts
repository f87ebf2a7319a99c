const published = "https://okd-project.github.io/okd-streams/schemas/v1alpha1/";

/** Which schema, and whether the repository has the schemas itself in `schemas/`. */
export interface SchemaComment {
  readonly schema: "stream" | "channel" | "streams-settings";
  /** The file that gets the comment. */
  readonly path: string;
  readonly local: boolean;
}

/** The first line of a file, by which an editor with the YAML language server finds its schema. */
export function schemaComment({ schema, path, local }: SchemaComment): string {
  const up = "../".repeat(path.split("/").length - 1);
  const base = local ? `${up}schemas/` : published;
  return `# yaml-language-server: $schema=${base}${schema}.json`;
}
