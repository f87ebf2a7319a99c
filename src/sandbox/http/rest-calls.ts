/** One REST call as it was made, so that calls for an event can be counted. */
export interface RestCall {
  readonly method: string;
  /** Below the API's base, without the query. */
  readonly path: string;
  /** With names for the variable parts, such as /repos/:owner/:repo/pulls; undefined for an unknown path. */
  readonly route: string | undefined;
  readonly status: number;
  /** ISO 8601. */
  readonly at: string;
  /** Login, or the name of the App for its own token. */
  readonly actor: string;
}
