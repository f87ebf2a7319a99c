import type { components } from "@octokit/openapi-types";
import { fullName, type World } from "../world.ts";
import type { Repository } from "../types.ts";
import { nodeId, repositoryApiUrl, repositoryPageUrl } from "./urls.ts";
import { userShape } from "./user-shape.ts";

/** The fields that every form of a repository shares. */
function identityShape(world: World, repository: Repository) {
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    owner: userShape(world, repository.owner),
    private: repository.private,
    html_url: repositoryPageUrl(world, repository),
    description: repository.description,
    fork: repository.parent !== undefined,
    url: repositoryApiUrl(world, repository),
  };
}

function linkShape(world: World, repository: Repository) {
  const api = repositoryApiUrl(world, repository);
  const page = repositoryPageUrl(world, repository);
  return {
    archive_url: `${api}/{archive_format}{/ref}`,
    assignees_url: `${api}/assignees{/user}`,
    blobs_url: `${api}/git/blobs{/sha}`,
    branches_url: `${api}/branches{/branch}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    comments_url: `${api}/comments{/number}`,
    commits_url: `${api}/commits{/sha}`,
    compare_url: `${api}/compare/{base}...{head}`,
    contents_url: `${api}/contents/{+path}`,
    contributors_url: `${api}/contributors`,
    deployments_url: `${api}/deployments`,
    downloads_url: `${api}/downloads`,
    events_url: `${api}/events`,
    forks_url: `${api}/forks`,
    git_commits_url: `${api}/git/commits{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    git_url: `${page.replace(/^http:/, "git:")}.git`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    issue_events_url: `${api}/issues/events{/number}`,
    issues_url: `${api}/issues{/number}`,
    keys_url: `${api}/keys{/key_id}`,
    labels_url: `${api}/labels{/name}`,
    languages_url: `${api}/languages`,
    merges_url: `${api}/merges`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    pulls_url: `${api}/pulls{/number}`,
    releases_url: `${api}/releases{/id}`,
    ssh_url: `git@${new URL(page).hostname}:${fullName(repository)}.git`,
    stargazers_url: `${api}/stargazers`,
    statuses_url: `${api}/statuses/{sha}`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    tags_url: `${api}/tags`,
    teams_url: `${api}/teams`,
    trees_url: `${api}/git/trees{/sha}`,
    clone_url: `${page}.git`,
    hooks_url: `${api}/hooks`,
    svn_url: page,
    has_downloads: true,
    custom_properties: {},
  };
}

/** A repository in a list or inside another object (schema `repository`). */
export function repositoryShape(world: World, repository: Repository) {
  const open = [...repository.pulls.values()].filter((pull) => pull.state === "open").length;
  const forks = [...world.repositories.values()].filter((each) => each.parent === repository);
  return {
    ...identityShape(world, repository),
    ...linkShape(world, repository),
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    forks: forks.length,
    forks_count: forks.length,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    default_branch: repository.defaultBranch,
    open_issues: open,
    open_issues_count: open,
    is_template: false,
    topics: [],
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: repository.private ? ("private" as const) : ("public" as const),
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    allow_forking: true,
    web_commit_signoff_required: false,
  } satisfies components["schemas"]["repository"];
}

/** A repository asked for by name (schema `full-repository`). */
export function fullRepositoryShape(world: World, repository: Repository) {
  return {
    ...repositoryShape(world, repository),
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    network_count: 0,
    subscribers_count: 0,
    ...(repository.parent === undefined
      ? {}
      : {
          parent: repositoryShape(world, repository.parent),
          source: repositoryShape(world, repository.parent),
        }),
  } satisfies components["schemas"]["full-repository"];
}

/** A repository inside a check suite (schema `minimal-repository`). */
export function minimalRepositoryShape(world: World, repository: Repository) {
  return {
    ...identityShape(world, repository),
    ...linkShape(world, repository),
  } satisfies components["schemas"]["minimal-repository"];
}
