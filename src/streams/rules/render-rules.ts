import type { Rule } from "./rule.ts";
import { rules } from "./rules.ts";

const introduction = `# Rules

What \`okd-streams validate\` and the check \`okd-streams / validate\` look for. An error fails the validation; a
warning or a notice does not. The severity of a rule can be set to \`off\`, \`warn\` or \`error\` under \`rules\` in
\`.github/okd-streams.yml\`, except where it says "always".

This page is made from the table of rules in \`src/streams\`; \`npm run docs\` writes it anew.
`;

/** docs/rules.md: every rule with what it finds, why that matters and how to mend it, by id. */
export function renderRules(): string {
  const entries = Object.entries<Rule>(rules).sort(([a], [b]) => (a < b ? -1 : 1));
  return [introduction, ...entries.map(([id, rule]) => renderRule(id, rule))].join("\n");
}

function renderRule(id: string, { severity, fixed, what, why, mend }: Rule): string {
  return `## ${id}

${severity}${fixed === true ? ", always" : ""}. ${what}

${why} **To mend it:** ${mend}
`;
}
