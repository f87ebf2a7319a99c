import { Ajv, type ValidateFunction } from "ajv";
import * as formats from "ajv-formats";
import type { Exchange } from "../exchange.ts";
import { isObject, type JsonObject, toJsonSchema } from "./convert-schema.ts";
import { matchOperation } from "./match-operation.ts";

export interface Descriptions {
  /** GitHub's OpenAPI description. */
  readonly openapi: unknown;
  /** The JSON Schema of all webhooks. */
  readonly webhooks: unknown;
}

/** One sentence for each exchange that GitHub's descriptions do not allow. */
export function checkExchanges(
  exchanges: readonly Exchange[],
  descriptions: Descriptions,
): readonly string[] {
  const rest = restChecker(descriptions.openapi);
  const webhook = webhookChecker(descriptions.webhooks);
  return exchanges.flatMap((exchange) =>
    exchange.kind === "rest" ? rest(exchange) : webhook(exchange),
  );
}

// Ajv resolves references as addresses; nothing is ever fetched.
const description = "https://contract.invalid/github";

type RestExchange = Extract<Exchange, { kind: "rest" }>;
type WebhookExchange = Extract<Exchange, { kind: "webhook" }>;

function newAjv(): Ajv {
  // The descriptions use keywords of their own, and say more than one type where they mean it.
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true });
  formats.default.default(ajv);
  return ajv;
}

function restChecker(openapi: unknown): (exchange: RestExchange) => readonly string[] {
  if (!isObject(openapi) || !isObject(openapi["paths"]))
    throw new Error("The OpenAPI description has no paths.");
  const paths = openapi["paths"];
  const ajv = newAjv();
  ajv.addSchema({ $id: description, components: toJsonSchema(openapi["components"]) });
  const compiled = new Map<string, ValidateFunction>();
  const validator = (name: string, schema: unknown): ValidateFunction => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const made = ajv.compile(absolute(schema));
    compiled.set(name, made);
    return made;
  };
  return (exchange) => {
    const call = `${exchange.method} ${exchange.path} ${exchange.status.toString()}`;
    const match = matchOperation(paths, exchange.method, exchange.path);
    const schema =
      match === undefined ? undefined : responseSchema(match.operation, exchange.status, openapi);
    if (schema === "empty")
      return exchange.body === null ? [] : [`${call}: a body where GitHub sends none`];
    if (schema !== undefined) {
      const name = `${exchange.method} ${match?.template ?? ""} ${exchange.status.toString()}`;
      return problems(call, validator(name, schema), exchange.body);
    }
    // GitHub refuses any call in its one form, whether that is described for the call or not.
    if (exchange.status >= 400) {
      const error = { $ref: "#/components/schemas/basic-error" };
      return problems(call, validator("error", error), exchange.body);
    }
    return [`${call}: GitHub describes no such answer`];
  };
}

function responseSchema(operation: JsonObject, status: number, openapi: JsonObject): unknown {
  const responses = operation["responses"];
  if (!isObject(responses)) return undefined;
  const response = resolve(responses[status.toString()], openapi);
  if (!isObject(response)) return undefined;
  const content = response["content"];
  if (!isObject(content)) return status < 300 ? "empty" : undefined;
  const json = content["application/json"];
  return isObject(json) ? toJsonSchema(json["schema"]) : undefined;
}

function resolve(value: unknown, openapi: JsonObject): unknown {
  if (!isObject(value) || typeof value["$ref"] !== "string") return value;
  return value["$ref"]
    .slice(2)
    .split("/")
    .reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), openapi);
}

/** The schema with references that lead into the one description. */
function absolute(schema: unknown): JsonObject {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${description}#/`);
  const parsed: unknown = JSON.parse(text);
  return isObject(parsed) ? parsed : {};
}

function webhookChecker(schema: unknown): (exchange: WebhookExchange) => readonly string[] {
  if (!isObject(schema) || !isObject(schema["definitions"]))
    throw new Error("The schema of the webhooks has no definitions.");
  const { definitions } = schema;
  const ajv = newAjv();
  ajv.addSchema({ ...schema, $id: "webhooks" });
  return ({ event, payload }) => {
    const action = isObject(payload) ? payload["action"] : undefined;
    const name = `${event}$${typeof action === "string" ? action : "event"}`;
    const call = `webhook ${name}`;
    if (!isObject(definitions) || !(name in definitions))
      return [`${call}: GitHub describes no such event`];
    const validate = ajv.getSchema(`webhooks#/definitions/${name}`);
    if (validate === undefined) return [`${call}: its schema does not compile`];
    return problems(call, validate, payload);
  };
}

function problems(call: string, validate: ValidateFunction, data: unknown): readonly string[] {
  if (validate(data)) return [];
  const errors = (validate.errors ?? []).map((error) => {
    const extra: unknown = error.params["additionalProperty"];
    const named = typeof extra === "string" ? ` (${extra})` : "";
    return `${error.instancePath || "/"} ${error.message ?? ""}${named}`;
  });
  return [`${call}: ${errors.join("; ")}`];
}
