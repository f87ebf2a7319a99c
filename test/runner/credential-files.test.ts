import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { credentialFiles } from "../../src/runner/credential-files.ts";
import type { CredentialSecret } from "../../src/runner/types.ts";
import { temporaryDirectory } from "./helpers.ts";

const basic = (name: string, annotations: Record<string, string>): CredentialSecret => ({
  name,
  type: "kubernetes.io/basic-auth",
  annotations,
  data: { username: "ada", password: "p@ss/word" },
});
const docker = (type: string, key: string, value: unknown): CredentialSecret => ({
  name: key,
  type: `kubernetes.io/${type}`,
  annotations: {},
  data: { [key]: JSON.stringify(value) },
});

function textOf(secrets: readonly CredentialSecret[], path: string): string | undefined {
  return credentialFiles(secrets, "/home").find((file) => file.path === path)?.text;
}

/** Runs git in a home directory with the files of these secrets. */
async function gitWith(
  secrets: readonly CredentialSecret[],
): Promise<(input: string, ...args: readonly string[]) => string> {
  const home = await temporaryDirectory();
  for (const { path, text, mode } of credentialFiles(secrets, home)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text, { mode });
  }
  return (input, ...args) => {
    const options = {
      input,
      env: { HOME: home, PATH: process.env["PATH"] ?? "", GIT_TERMINAL_PROMPT: "0" },
      stdio: ["pipe", "pipe", "ignore"] as ["pipe", "pipe", "ignore"],
    };
    return execFileSync("git", args, options).toString();
  };
}

test("git itself takes the login of a repository's address, and none for another", async () => {
  const git = await gitWith([
    basic("one", { "tekton.dev/git-0": "https://git.example" }),
    basic("two", { "tekton.dev/docker-0": "https://other.example" }),
  ]);
  const fill = (host: string): string =>
    git(`protocol=https\nhost=${host}\n\n`, "credential", "fill");
  expect(fill("git.example")).toContain("username=ada\npassword=p@ss/word\n");
  expect(() => fill("other.example")).toThrow();
});

test("a repository may have a login of its own beside that of its host, in any order", async () => {
  const login = (password: string, url: string): CredentialSecret => ({
    ...basic(password, { "tekton.dev/git-0": url }),
    data: { username: "TEAM\\ada", password },
  });
  const own = login("own", "https://git.example/team/own");
  const all = login("all", "https://git.example");
  for (const secrets of [
    [own, all],
    [all, own],
  ]) {
    const git = await gitWith(secrets);
    const fill = (path: string): string =>
      git(`protocol=https\nhost=git.example\npath=${path}\n\n`, "credential", "fill");
    expect(fill("team/own")).toContain("username=TEAM\\ada\npassword=own\n");
    expect(fill("team/other")).toContain("username=TEAM\\ada\npassword=all\n");
  }
});

test("a repository may have a key of its own, by a name of its host that git alone uses", async () => {
  const key = (name: string, address: string): CredentialSecret => ({
    name,
    type: "kubernetes.io/ssh-auth",
    annotations: { "tekton.dev/git-0": address },
    data: { "ssh-privatekey": name.toUpperCase() },
  });
  const keys = [key("own", "git.example:2222/team/own"), key("all", "git.example")];
  expect(textOf(keys, ".ssh/config")).toBe(
    [
      ...["Host git.example", "    HostName git.example", "    Port 22"],
      "    IdentityFile /home/.ssh/id_all",
      ...["Host git.example--team--own", "    HostName git.example", "    Port 2222"],
      "    IdentityFile /home/.ssh/id_own\n",
    ].join("\n"),
  );
  const git = await gitWith(keys);
  const addressOf = (url: string): string => git("", "ls-remote", "--get-url", url).trim();
  expect(addressOf("git@git.example:team/own.git")).toBe("git@git.example--team--own:team/own.git");
  expect(addressOf("ssh://git.example:2222/team/own.git")).toBe(
    "ssh://git.example--team--own/team/own.git",
  );
  expect(addressOf("git@git.example:team/other.git")).toBe("git@git.example:team/other.git");
});

test("logins of registries come from secrets of every form, in one file", () => {
  const secrets = [
    basic("basic", { "tekton.dev/docker-0": "https://one.example", "tekton.dev/docker-1": "two" }),
    docker("dockercfg", ".dockercfg", { three: { auth: "x" } }),
    docker("dockerconfigjson", ".dockerconfigjson", { auths: { four: { auth: "y" } } }),
    docker("dockerconfigjson", ".dockerconfigjson", "no object"),
  ];
  const login = { username: "ada", password: "p@ss/word", auth: btoa("ada:p@ss/word") };
  expect(JSON.parse(textOf(secrets, ".docker/config.json") ?? "")).toEqual({
    auths: { "https://one.example": login, two: login, three: { auth: "x" }, four: { auth: "y" } },
  });
  expect(textOf(secrets, ".gitconfig")).toBeUndefined();
});

test("a key serves the hosts that it is annotated with, and known hosts are kept", () => {
  const key: CredentialSecret = {
    name: "key",
    type: "kubernetes.io/ssh-auth",
    annotations: { "tekton.dev/git-0": "git.example", "tekton.dev/git-1": "git.example:2222" },
    data: { "ssh-privatekey": "PRIVATE", known_hosts: "git.example ssh-rsa AAAA" },
  };
  expect(textOf([key], ".ssh/id_key")).toBe("PRIVATE");
  expect(textOf([key], ".ssh/known_hosts")).toBe("git.example ssh-rsa AAAA");
  expect(textOf([key], ".ssh/config")?.match(/Port \d+|IdentityFile \S+/g)).toEqual([
    "Port 22",
    "IdentityFile /home/.ssh/id_key",
    "Port 2222",
    "IdentityFile /home/.ssh/id_key",
  ]);
  expect(credentialFiles([{ ...key, annotations: {} }], "/home")).toEqual([]);
  expect(credentialFiles([{ ...key, type: "Opaque" }], "/home")).toEqual([]);
});
