import type { ContentfulStatusCode } from "hono/utils/http-status";

export interface FieldError {
  readonly resource: string;
  readonly code: string;
  readonly field: string;
  readonly message?: string;
}

/** An answer that is no success, with the status and the message that GitHub gives. */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    message: string,
    errors: readonly FieldError[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

export function invalid(resource: string, field: string, message: string): Refusal {
  return new Refusal(422, "Validation Failed", [{ resource, field, code: "custom", message }]);
}

/** Of the calls whose errors name no field. */
export function unprocessable(message: string): Refusal {
  return new Refusal(422, `Unprocessable Entity: ${message}`);
}
