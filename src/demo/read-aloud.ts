/** A Markdown comment as plain text for a terminal: markers gone, links and tables as a person would read them. */
export function readAloud(markdown: string): string {
  return markdown
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/```mermaid\n[\s\S]*?```/g, "(the pipeline's graph)")
    .replace(/^```.*$\n?/gm, "")
    .replace(/<details[^>]*><summary>(.*?)<\/summary>/g, "▸ $1")
    .replace(/<\/?(details|sub|code)>/g, "")
    .replace(/^\|( ?:?-+:? ?\|)+$\n?/gm, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^#+ /gm, "")
    .replace(/\*\*|`|\u200b/g, "")
    .replace(/\n{2,}/g, "\n")
    .trim();
}
