import { afterAll, expect } from "@jest/globals";
import { generateKeyPairSync } from "node:crypto";
import nock from "nock";
import {
  createGitHubApp,
  type GitHubApp,
  type GitHubClient,
} from "../../src/github/create-github-app.ts";
import { repository } from "../fixtures/github/answers.ts";

// The modules that nock patches are Node's own, which other test files of this process share.
afterAll(() => nock.restore());

export const apiUrl = "https://api.github.test";
export const repo = `/repos/${repository.owner}/${repository.name}`;
export const otherSecret = "the-webhook-secret-of-this-bot";

const privateKey = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
}).privateKey;

export const logged: string[] = [];
const note = (data: object, message: string) => {
  logged.push(`${JSON.stringify(data)} ${message}`);
};

/** auth-app shares tokens that are asked for at once by installation alone, so each app has its own. */
let installations = 0;

export function createApp(): { readonly app: GitHubApp; readonly installationId: number } {
  installations += 1;
  const app = createGitHubApp({
    appId: 1,
    privateKey,
    baseUrl: apiUrl,
    throttle: false,
    secrets: [otherSecret],
    log: { debug: note, info: note, warn: note, error: note },
  });
  return { app, installationId: installations };
}

export function answerToken(installationId: number, token: string, permissions?: object): void {
  nock(apiUrl)
    .post(`/app/installations/${installationId}/access_tokens`, (body: object) => {
      if (permissions !== undefined)
        expect(body).toEqual({ repository_ids: [repository.id], permissions });
      return true;
    })
    .matchHeader("authorization", /^bearer [\w-]+\.[\w-]+\.[\w-]+$/)
    .reply(201, {
      token,
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      permissions: permissions ?? {},
      repository_selection: "selected",
    });
}

export function answerApp(): void {
  nock(apiUrl).get("/app").reply(200, { id: 1, slug: "okd-streams", name: "OKD streams" });
}

/** A client that already has its token for reviews. */
export function createClient(token = "ghs_review"): GitHubClient {
  const { app, installationId } = createApp();
  answerToken(installationId, token);
  return app.forRepository({
    installationId,
    repositoryId: repository.id,
    owner: repository.owner,
    name: repository.name,
  });
}

/** No request leaves the machine, and each test uses up all the answers that it prepared. */
export function afterEachTest(): void {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  logged.length = 0;
  expect(unused).toEqual([]);
}
