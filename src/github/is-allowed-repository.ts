/**
 * Whether a repository's URL is, or lies under, one of the prefixes, such as `https://github.com/okd-project`. A prefix
 * ends where a name ends: `…/okd` allows nothing of `…/okd-project`.
 */
export function isAllowedRepository(url: string, prefixes: readonly string[]): boolean {
  const wanted = plainUrl(url);
  return (
    wanted !== undefined &&
    prefixes.some((prefix) => {
      const allowed = plainUrl(prefix);
      return allowed !== undefined && (wanted === allowed || wanted.startsWith(`${allowed}/`));
    })
  );
}

/** The URL with its host in small letters, without a slash or `.git` at its end; undefined where it holds anything else. */
function plainUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, host, pathname, search, hash } = new URL(text);
  if (username !== "" || password !== "" || search !== "" || hash !== "") return undefined;
  if (pathname.includes("%") || pathname.includes("//")) return undefined;
  return `${protocol}//${host}${pathname.replace(/\/$/, "").replace(/\.git$/, "")}`;
}
