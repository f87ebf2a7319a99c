import type { GitHubApp } from "./create-github-app.ts";

export interface InstalledRepository {
  readonly id: number;
  readonly installationId: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
}

/**
 * Every repository that the App is installed on, archived ones left out. Reading an installation's list takes a token
 * for all of it, which may read metadata only.
 * https://docs.github.com/en/rest/apps/installations#list-repositories-accessible-to-the-app-installation
 */
export async function listInstalledRepositories(
  app: GitHubApp,
): Promise<readonly InstalledRepository[]> {
  const { appOctokit } = app;
  const installations = await appOctokit.paginate(appOctokit.rest.apps.listInstallations, {
    per_page: 100,
  });
  const found: InstalledRepository[] = [];
  for (const installation of installations) {
    if (installation.suspended_at !== null) continue;
    const octokit = app.forInstallation(installation.id);
    const repositories = await octokit.paginate(
      octokit.rest.apps.listReposAccessibleToInstallation,
      { per_page: 100 },
    );
    for (const repository of repositories) {
      if (repository.archived) continue;
      found.push({
        id: repository.id,
        installationId: installation.id,
        owner: repository.owner.login,
        name: repository.name,
        defaultBranch: repository.default_branch,
      });
    }
  }
  return found;
}
