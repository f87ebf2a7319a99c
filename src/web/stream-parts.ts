import type { Repository } from "../store/repository-record.ts";
import type { Run } from "../store/run-record.ts";
import { html, type Html } from "./html.ts";
import {
  channelLink,
  commitLink,
  pagePath,
  personLink,
  releaseLink,
  runLink,
  streamLink,
} from "./links.ts";
import { span } from "./moments.ts";
import type { Site } from "./site.ts";
import { runTone } from "./status.ts";

/** The last builds as small squares, the oldest first, each a link that says how it went. */
export function buildSquares(
  site: Site,
  repository: Repository,
  newestFirst: readonly Run[],
): Html {
  if (newestFirst.length === 0) return html`<span class="empty">never built</span>`;
  return html`<span class="squares">
    ${newestFirst.toReversed().map((run) => {
      const took = span(run.startedAt, run.finishedAt);
      const words = `${run.state}${took === undefined ? "" : ` in ${took}`}, asked for ${run.requestedAt}`;
      return html`<a
        class="square ${runTone(run.state)}"
        href="${pagePath(site, repository, "runs", run.id)}"
        title="${words}"
        aria-label="Build ${words}"
      ></a>`;
    })}
  </span>`;
}

/** Why a run was asked for, in words. */
export function causeInWords(site: Site, repository: Repository, run: Run): Html {
  const [kind, subject] = splitCause(run.cause);
  const person = run.requestedBy === null ? "somebody" : personLink(site, run.requestedBy);
  switch (kind) {
    case "merge":
      return html`the merge of ${commitLink(site, repository, subject)}`;
    case "schedule":
      return html`the schedule, due at ${subject}`;
    case "upstream":
      return html`${runLink(site, repository, subject, "a build")} of a stream before it`;
    case "command":
      return html`a comment of ${person}`;
    case "promotion":
      return html`the promotion that ${commitLink(site, repository, subject)} merged`;
    default:
      return html`the release ${subject}`;
  }
}

/** What a run is about: the stream that it builds, the release that it verifies, the channel that it publishes. */
export function subjectInWords(site: Site, repository: Repository, run: Run): Html {
  if (run.kind === "publish") return html`channel ${channelLink(site, repository, run.subject)}`;
  if (run.kind === "verify") return html`release ${releaseLink(site, repository, run.subject)}`;
  return html`stream ${streamLink(site, repository, run.stream)}`;
}

function splitCause(cause: Run["cause"]): readonly [string, string] {
  const colon = cause.indexOf(":");
  return [cause.slice(0, colon), cause.slice(colon + 1)];
}
