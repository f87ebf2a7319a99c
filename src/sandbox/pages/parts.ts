import { html } from "hono/html";
import type { Account, CheckRun } from "../types.ts";
import type { World } from "../world.ts";
import type { Markup } from "./layout.ts";

/** Initials on a colour that stays the same for a login. */
export function avatar(account: Account): Markup {
  const words = account.name.split(/[\s-]+/).filter((word) => word !== "");
  const initials = words.map((word) => word.charAt(0).toUpperCase());
  const hue =
    Array.from(account.login).reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 360;
  const kind = account.type === "Bot" ? "avatar bot" : "avatar";
  return html`<span class="${kind}" style="background:hsl(${hue} 45% 40%)" aria-hidden="true"
    >${initials.slice(0, 2).join("")}</span
  >`;
}

export function personaSelect(world: World, chosen: string | undefined): Markup {
  const people = [...world.tokens.values()];
  return html`<select name="as" aria-label="Act as">
    ${people.map(
      (person) =>
        html`<option value="${person.login}" ${person.login === chosen ? "selected" : ""}>
          ${person.name} (@${person.login})
        </option>`,
    )}
  </select>`;
}

const signs = {
  success: ["good", "✓", "succeeded"],
  failure: ["bad", "✕", "failed"],
  timed_out: ["bad", "⏱", "timed out"],
  cancelled: ["", "–", "was cancelled"],
  skipped: ["", "»", "was skipped"],
  neutral: ["", "■", "has nothing to say"],
  action_required: ["wait", "!", "waits for somebody"],
} as const;

/** What a check run came to, as a coloured sign with its word. */
export function checkSign(run: Pick<CheckRun, "status" | "conclusion">): Markup {
  const waiting = ["wait", "…", run.status === "queued" ? "is queued" : "is running"] as const;
  const [colour, sign, word] = run.conclusion === null ? waiting : signs[run.conclusion];
  return html`<span class="icon ${colour}" title="${word}" aria-label="${word}">${sign}</span>`;
}

export function when(time: string): Markup {
  return html`<time datetime="${time}">${time.slice(0, 10)} ${time.slice(11, 19)}</time>`;
}

export function flash(error: string | undefined): Markup {
  return error === undefined ? html`` : html`<p class="flash" role="alert">${error}</p>`;
}
