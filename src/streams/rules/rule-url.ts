/** Where people read about a rule. */
export function ruleUrl(rule: string): string {
  return `https://github.com/okd-project/okd-streams/blob/main/docs/rules/${rule}.md`;
}
