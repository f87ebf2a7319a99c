/** One recorded exchange, for the check against GitHub's published descriptions. */
export type Exchange =
  | {
      readonly kind: "rest";
      readonly method: string;
      /** Below the API's base, without the query. */
      readonly path: string;
      readonly status: number;
      /** Parsed JSON; null where the response has no body. */
      readonly body: unknown;
    }
  | {
      readonly kind: "webhook";
      readonly event: string;
      readonly payload: unknown;
    };
