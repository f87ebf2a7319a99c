/** Instants for people, to the minute in UTC. */
export function describeInstants(instants: readonly string[]): string {
  if (instants.length === 0) return "never";
  return `${instants.map((instant) => instant.slice(0, 16).replace("T", " ")).join(", ")} UTC`;
}
