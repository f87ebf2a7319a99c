import { ProbotOctokit } from "probot";
import { cleanParameters } from "./clean-parameters.ts";
import { githubProblem } from "./github-problem.ts";
import type { SecretKeeper } from "./secret-keeper.ts";

export interface Log {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export interface OctokitOptions {
  /** Base of the REST API, from the operator's configuration only. */
  readonly baseUrl: string;
  /** Space out writes as GitHub asks; off only where the other side has no limits. */
  readonly throttle: boolean;
  /** How requests prove who we are; without it they don't. */
  readonly authStrategy?: () => object;
  readonly secrets: SecretKeeper;
  readonly log: Log;
}

const timeoutMilliseconds = 20_000;

/**
 * An Octokit that waits for no answer for ever, writes no secret, and throws ProblemErrors. It repeats nothing by
 * itself: a blind repetition of a POST makes duplicates, so the queue repeats whole, idempotent steps instead.
 */
export function createOctokit(options: OctokitOptions): ProbotOctokit {
  const octokit = new ProbotOctokit({
    baseUrl: options.baseUrl,
    authStrategy: options.authStrategy ?? (() => ({ hook: sendAsItIs })),
    retry: { enabled: false },
    throttle: {
      enabled: options.throttle,
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
    request: { fetch: fetchInTime },
    log: octokitLog(options),
  });
  octokit.hook.before("request", (parameters) => {
    Object.assign(parameters, cleanParameters({ ...parameters }, options.secrets));
  });
  octokit.hook.error("request", (error, parameters) => {
    const where = `${parameters.method} ${parameters.url}`;
    throw githubProblem(error, where, new Date());
  });
  return octokit;
}

function sendAsItIs<T>(request: (options: T) => Promise<unknown>, options: T): Promise<unknown> {
  return request(options);
}

function fetchInTime(url: string | URL, init?: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMilliseconds) });
}

function octokitLog({ log, secrets }: OctokitOptions) {
  // Octokit passes (message, data) and Probot's request log (data, message); neither is worth more than its text.
  const line = (parts: readonly unknown[]) =>
    secrets.clean(parts.filter((part) => typeof part === "string").join(" "));
  return {
    debug: (...parts: unknown[]) => log.debug({}, line(parts)),
    info: (...parts: unknown[]) => log.info({}, line(parts)),
    warn: (...parts: unknown[]) => log.warn({}, line(parts)),
    error: (...parts: unknown[]) => log.error({}, line(parts)),
  };
}
