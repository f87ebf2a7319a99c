import { nextId, timestamp, type World } from "../world.ts";
import type { CheckSuite, Repository } from "../types.ts";

/** The App's suite of a commit: GitHub keeps one for each pair. */
export function ensureSuite(
  world: World,
  repository: Repository,
  headSha: string,
  headBranch: string | null,
): CheckSuite {
  const known = repository.suites.find((suite) => suite.headSha === headSha);
  if (known !== undefined) return known;
  const suite: CheckSuite = { id: nextId(world), headSha, headBranch, createdAt: timestamp() };
  repository.suites.push(suite);
  return suite;
}
