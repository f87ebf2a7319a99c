/**
 * Parameters that every pipeline of a streams repository may declare and no stream may set: they are filled with the
 * repository's git URL and the commit that was reviewed, and the pipeline's tasks are resolved by them.
 */
export const reservedParams = ["repository-url", "revision"] as const;

export function isReservedParam(name: string): boolean {
  return reservedParams.some((reserved) => reserved === name);
}
