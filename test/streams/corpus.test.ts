import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import type { Finding } from "../../src/streams/findings/finding.ts";
import type { RepositoryFile } from "../../src/streams/repository.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";
import { validateTektonFiles } from "../../src/streams/validate-tekton-files.ts";
import { now } from "./repository-of.ts";

const corpus = fileURLToPath(new URL("../fixtures/corpus", import.meta.url));

type Files = Readonly<Record<string, Buffer>>;

interface Case {
  readonly name: string;
  /** By their paths in the repository or the folder that is validated. */
  readonly files: Files;
  readonly validate: (files: Files) => readonly Finding[];
}

const right = readFiles("right");

/** Where a single wrong file stands in the repository that is right otherwise. */
const places: Readonly<Record<string, (name: string) => string>> = {
  streams: (name) => `streams/${name}.yaml`,
  channels: (name) => `streams/channels/${name}/channel.yaml`,
  settings: () => ".github/okd-streams.yml",
  tekton: (name) => `tekton/${name}.yaml`,
};

const cases: readonly Case[] = [
  ...Object.entries(places).flatMap(([folder, placeOf]) =>
    Object.entries(readFiles(`wrong/${folder}`)).map(([file, content]): Case => {
      const name = file.replace(/\.yaml$/, "");
      return { name: `${folder}/${name}`, files: { [placeOf(name)]: content }, validate: laidOver };
    }),
  ),
  ...foldersOf("wrong/repositories").map((name): Case => {
    return { name, files: readFiles(name), validate: laidOver };
  }),
  ...foldersOf("wrong/folders").map((name): Case => {
    return { name, files: readFiles(name), validate: (files) => validateTektonFiles(list(files)) };
  }),
];

test("the repository that wrong files are laid over has no mistake", () => {
  expect(laidOver({}).map(told)).toEqual([]);
});

test("there are at least two hundred wrong files", () => {
  const wrong = cases.flatMap(({ files }) =>
    Object.values(files).filter((content) => expectations(content).length > 0),
  );
  expect(wrong.length).toBeGreaterThanOrEqual(200);
});

describe("a wrong file has exactly the findings that it says at its end", () => {
  test.each(cases)("$name", ({ files, validate }) => {
    const expected = Object.entries(files).flatMap(([path, content]) =>
      expectations(content).map((expectation) => `${path}: ${expectation}`),
    );
    const found = validate(files).filter(({ severity }) => severity !== "notice");
    expect(expected).not.toEqual([]);
    expect(found.map(told).sort()).toEqual(expected.sort());
  });
});

/** As a file's last lines say it: `# expect: RULE LINE:COLUMN-LINE:COLUMN`. */
function expectations(content: Buffer): string[] {
  const text = content.toString("utf8");
  return [...text.matchAll(/^# expect: (.*)$/gm)].map(([, expectation = ""]) => expectation);
}

function told({ file, rule, line, column, endLine, endColumn }: Finding): string {
  return `${file}: ${rule} ${line}:${column}-${endLine}:${endColumn}`;
}

function laidOver(files: Files): readonly Finding[] {
  return validateRepository(list({ ...right, ...files }), { now }).findings;
}

function list(files: Files): RepositoryFile[] {
  return Object.entries(files).map(([path, content]) => {
    return { path, mode: "file", size: content.length, content };
  });
}

function readFiles(folder: string): Files {
  const root = join(corpus, folder);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(root.length + 1), readFileSync(path)];
    }),
  );
}

function foldersOf(folder: string): string[] {
  return readdirSync(join(corpus, folder)).map((name) => `${folder}/${name}`);
}
