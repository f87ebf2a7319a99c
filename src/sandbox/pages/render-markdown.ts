import { raw } from "hono/html";
import { Marked, type TokenizerAndRendererExtension } from "marked";
import sanitizeHtml from "sanitize-html";
import { parseMermaidGraph } from "./mermaid-graph.ts";
import { renderGraph } from "./render-graph.ts";

/** `#12` is a link, from pages of issues and pull requests alike. */
const reference: TokenizerAndRendererExtension = {
  name: "reference",
  level: "inline",
  start: (text) => /(?<![\w&])#\d/.exec(text)?.index,
  tokenizer(text) {
    const [raw, number] = /^#(\d{1,9})\b/.exec(text) ?? [];
    return raw === undefined ? undefined : { type: "reference", raw, number };
  },
  renderer: ({ raw, number }) => `<a href="../issues/${String(number)}">${raw}</a>`,
};

const marked = new Marked({ gfm: true, breaks: true, extensions: [reference] });

const rules: sanitizeHtml.IOptions = {
  // No images: the pages ask nobody for anything.
  allowedTags: [...sanitizeHtml.defaults.allowedTags, "details", "summary", "del", "ins"].filter(
    (tag) => tag !== "img",
  ),
  allowedAttributes: {
    a: ["href", "title"],
    code: ["class"],
    th: ["align"],
    td: ["align"],
    details: ["open"],
  },
  allowedClasses: { code: [/^language-[\w-]+$/] },
  allowedSchemes: ["http", "https", "mailto"],
};

/** People's Markdown as HTML that holds nothing but text, links and tables; comments in it are dropped. */
export async function renderMarkdown(text: string) {
  const clean = sanitizeHtml(await marked.parse(text), rules);
  return raw(await drawGraphs(clean));
}

async function drawGraphs(clean: string): Promise<string> {
  const parts = clean.split(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/);
  // Every second part is what stood inside such a block.
  const drawn = parts.map(async (part, index) => (index % 2 === 0 ? part : await drawGraph(part)));
  return (await Promise.all(drawn)).join("");
}

async function drawGraph(escaped: string): Promise<string> {
  const graph = parseMermaidGraph(unescapeText(escaped));
  if (graph === undefined)
    return `<p class="caption">Mermaid graph</p><pre><code>${escaped}</code></pre>`;
  return (await renderGraph(graph)).toString();
}

function unescapeText(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
