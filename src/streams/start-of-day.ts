/**
 * Midnight UTC before an instant. What the validation says about the clock it says for a whole day, so that the same
 * files have the same findings wherever and however often they are looked at.
 */
export function startOfDay(instant: Date): Date {
  return new Date(`${instant.toISOString().slice(0, 10)}T00:00:00Z`);
}
