/** Whether an address is that of a PostgreSQL database, which several processes may share. */
export function isPostgresAddress(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/** The file that an address names; undefined where the database is none. */
export function filePathOf(url: string): string | undefined {
  return /^file:(?<path>[^?]+)$/.exec(url)?.groups?.["path"];
}

/** So strict that no part of a password with characters of its own is taken for the host or the database. */
const shownParts =
  /^postgres(?:ql)?:\/\/(?:[^@/]*@)?(?<host>[\w.:-]*)\/(?<database>[\w-]+)(?:\?.*)?$/;

/** The address for logs and messages: what opens the database is left out. */
export function showAddress(url: string): string {
  if (!isPostgresAddress(url)) return url;
  const { host, database } = shownParts.exec(url)?.groups ?? {};
  return database === undefined ? "postgres://…" : `postgres://${host ?? ""}/${database}`;
}

/** The passwords in an address, to be kept out of every text. */
export function passwordsOf(url: string): readonly string[] {
  if (!isPostgresAddress(url) || !URL.canParse(url)) return [];
  const { password, searchParams } = new URL(url);
  const asWritten = [password, searchParams.get("password") ?? ""];
  return [...new Set([...asWritten, decode(password)])].filter((text) => text !== "");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
