/** Whether a day, written as YYYY-MM-DD, exists: the calendar's own text of it is the same. */
export function isDay(text: string): boolean {
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}
