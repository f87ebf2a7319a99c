import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import nock from "nock";
import { listInstalledRepositories } from "../../src/github/list-installed-repositories.ts";
import { afterEachTest, apiUrl, createApp } from "./client-fixture.ts";

beforeAll(() => nock.disableNetConnect());
afterEach(afterEachTest);
afterAll(() => nock.restore());

test("the App's repositories are listed with a token that reads nothing but the list", async () => {
  const { app, installationId } = createApp();
  const repository = (id: number, archived: boolean) => ({
    id,
    name: `streams-${id}`,
    owner: { login: "okd-project" },
    default_branch: "main",
    archived,
  });
  nock(apiUrl)
    .get("/app/installations")
    .query({ per_page: 100 })
    .matchHeader("authorization", /^bearer /)
    .reply(200, [
      { id: installationId, suspended_at: null },
      { id: 900, suspended_at: "2026-01-01T00:00:00Z" },
    ])
    .post(`/app/installations/${installationId}/access_tokens`, {
      permissions: { metadata: "read" },
    })
    .reply(201, { token: "ghs_list", expires_at: "2099-01-01T00:00:00Z", permissions: {} });
  nock(apiUrl, { reqheaders: { authorization: "token ghs_list" } })
    .get("/installation/repositories")
    .query({ per_page: 100 })
    .reply(200, { total_count: 2, repositories: [repository(1, false), repository(2, true)] });
  expect(await listInstalledRepositories(app)).toEqual([
    { id: 1, installationId, owner: "okd-project", name: "streams-1", defaultBranch: "main" },
  ]);
});
