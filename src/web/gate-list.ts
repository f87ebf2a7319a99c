import type { Gate, GateName } from "../promotion/types.ts";
import { html, nothing, type Html } from "./html.ts";
import { badge, gateTone } from "./status.ts";

const titles: Record<GateName, string> = {
  release: "release",
  verification: "verifications",
  soak: "soak",
  approvals: "approvals",
  freeze: "freeze",
  hold: "hold",
  contents: "contents",
};

/** Gates with the reason why each stands as it does. */
export function gateList(gates: readonly Gate[]): Html {
  if (gates.length === 0) return nothing;
  return html`<ul class="gates">
    ${gates.map(({ name, state, why }) => html`<li>${badge(gateTone(state), titles[name])} ${asText(why)}</li>`)}
  </ul>`;
}

/** A gate's reason is one line of Markdown: here it is read as plain text. */
function asText(markdown: string): string {
  return markdown
    .replace(/\u200B/g, "")
    .replace(/\\([\\`*_{}[\]|~])|`/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}
