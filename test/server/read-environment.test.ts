import { describe, expect, test } from "@jest/globals";
import { readEnvironment } from "../../src/server/read-environment.ts";

const complete = {
  APP_ID: "4711",
  PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----\\nabc\\n-----END RSA PRIVATE KEY-----",
  WEBHOOK_SECRET: "0123456789abcdef0123456789abcdef",
};

describe("readEnvironment", () => {
  test("uses github.com and Probot's defaults where nothing else is said", () => {
    const result = readEnvironment(complete);
    expect(result).toMatchObject({
      ok: true,
      value: {
        appId: 4711,
        privateKey: "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----",
        webhookSecrets: [complete.WEBHOOK_SECRET],
        webhookPath: "/api/github/webhooks",
        apiUrl: "https://api.github.com",
        port: 3000,
      },
    });
  });

  test("takes GitHub Enterprise Server from GHE_HOST and GHE_PROTOCOL", () => {
    const result = readEnvironment({
      ...complete,
      GHE_HOST: "ghe.example.org",
      GHE_PROTOCOL: "http",
    });
    expect(result).toMatchObject({
      ok: true,
      value: { apiUrl: "http://ghe.example.org/api/v3", gitHubUrl: "http://ghe.example.org" },
    });
  });

  test.each([
    ["WEBHOOK_SECRET", { WEBHOOK_SECRET: "" }],
    ["WEBHOOK_SECRET", { WEBHOOK_SECRET: "short" }],
    ["WEBHOOK_SECRET_PREVIOUS", { WEBHOOK_SECRET_PREVIOUS: "short" }],
    ["APP_ID", { APP_ID: undefined }],
    ["APP_ID", { APP_ID: "abc" }],
    ["PRIVATE_KEY_PATH", { PRIVATE_KEY: undefined }],
    ["PRIVATE_KEY_PATH", { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "no/such/file.pem" }],
    ["PORT", { PORT: "http" }],
    ["GHE_HOST", { GHE_HOST: "https://ghe.example.org/" }],
  ])("refuses to start and names %s", (name, change) => {
    const result = readEnvironment({ ...complete, ...change });
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.problem.what).toContain(name);
      expect(result.problem.next).toContain("app.yml");
    }
  });

  test("names everything that is missing at once", () => {
    const result = readEnvironment({});
    expect(result).toMatchObject({ ok: false });
    if (!result.ok)
      expect(result.problem.what).toMatch(/APP_ID[\s\S]*PRIVATE_KEY_PATH[\s\S]*WEBHOOK_SECRET/);
  });
});
