/** Whether it is still to be looked at now: another process may have done it since it was listed. */
export function isDue({ dueAt }: { readonly dueAt: string | null }, now: Date): boolean {
  return dueAt !== null && dueAt <= now.toISOString();
}
