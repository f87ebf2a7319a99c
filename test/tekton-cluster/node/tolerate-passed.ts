/** Says what went wrong, unless the pod changed or went meanwhile, which another event tells. */
export function toleratePassed(error: unknown): void {
  const code =
    typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (code !== 404 && code !== 409) process.stderr.write(`node: ${String(error)}\n`);
}
