import { html } from "hono/html";

export { html };

/** Markup whose values were escaped as they were put in. */
export type Html = ReturnType<typeof html>;

/** Nothing to show. */
export const nothing = html``;
