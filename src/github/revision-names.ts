import { ProblemError } from "../problem.ts";

/** A full commit or tree id; anything shorter could be a name. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** The id itself; throws a ProblemError where it is none, so that no option or name reaches git in its place. */
export function checkObjectId(text: string): string {
  if (isObjectId(text)) return text;
  throw new ProblemError({
    kind: "invalid",
    where: JSON.stringify(text.slice(0, 80)),
    what: "This is no full commit id of 40 hexadecimal digits.",
  });
}

/** Characters that no ref holds: https://git-scm.com/docs/git-check-ref-format */
const forbidden = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)/u;

/** Whether git takes the text as the name of a branch. */
export function isBranchName(text: string): boolean {
  if (text === "" || text === "@" || text.length > 250) return false;
  return !/^[-./]|[./]$/.test(text) && !forbidden.test(text);
}

/** The name itself; throws a ProblemError where git would not take it. */
export function checkBranchName(text: string): string {
  if (isBranchName(text)) return text;
  throw new ProblemError({
    kind: "invalid",
    where: JSON.stringify(text.slice(0, 80)),
    what: "This is no name of a branch.",
  });
}
