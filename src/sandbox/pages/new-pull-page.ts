import { html } from "hono/html";
import { readBlob } from "../git/objects.ts";
import { fullName, type World } from "../world.ts";
import type { Repository } from "../types.ts";
import { layout, type Markup } from "./layout.ts";
import { flash, personaSelect } from "./parts.ts";

export interface NewPullQuery {
  readonly path?: string | undefined;
  readonly as?: string | undefined;
  readonly error?: string | undefined;
}

/** The form that writes one file on a branch and opens a pull request of it. */
export async function newPullPage(
  world: World,
  repository: Repository,
  query: NewPullQuery,
): Promise<Markup> {
  const name = fullName(repository);
  const path = query.path ?? "streams/my-stream.yaml";
  const content = await readBlob(repository.directory, `${repository.defaultBranch}:${path}`);
  const below = html`
    <p><a href="/${name}">${name}</a></p>
    <h1>Open a pull request</h1>
    <p class="lead">
      Writes one file on a new branch. Who may not write to the repository gets a fork of it, as on
      GitHub.
    </p>
    ${flash(query.error)}
    <form class="stack" method="post" action="/${name}/new">
      <label>As ${personaSelect(world, query.as)}</label>
      <label
        >Title
        <input name="title" required value="${query.path === undefined ? "" : `Change ${path}`}"
      /></label>
      <label
        >Branch <input name="branch" required pattern="[A-Za-z0-9._/-]+" value="my-change"
      /></label>
      <label>File <input name="path" required value="${path}" /></label>
      <label
        >Content
        <textarea class="code" name="content" spellcheck="false" required>
${content?.toString("utf8") ?? ""}</textarea>
      </label>
      <div><button class="go">Open the pull request</button></div>
    </form>
  `;
  return layout({ title: "Open a pull request", live: html``, below });
}
