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

test("git itself takes the login of a repository's address, and none for another", async () => {
  const home = await temporaryDirectory();
  const secrets = [
    basic("one", { "tekton.dev/git-0": "https://git.example" }),
    basic("two", { "tekton.dev/docker-0": "https://other.example" }),
  ];
  for (const { path, text, mode } of credentialFiles(secrets, home)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text, { mode });
  }
  const fill = (host: string): string => {
    const options = {
      input: `protocol=https\nhost=${host}\n\n`,
      env: { HOME: home, PATH: process.env["PATH"] ?? "", GIT_TERMINAL_PROMPT: "0" },
      stdio: ["pipe", "pipe", "ignore"] as ["pipe", "pipe", "ignore"],
    };
    return execFileSync("git", ["credential", "fill"], options).toString();
  };
  expect(fill("git.example")).toContain("username=ada\npassword=p@ss/word\n");
  expect(() => fill("other.example")).toThrow();
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
    "IdentityFile /home/.ssh/id_key",
    "Port 2222",
    "IdentityFile /home/.ssh/id_key",
  ]);
  expect(credentialFiles([{ ...key, annotations: {} }], "/home")).toEqual([]);
  expect(credentialFiles([{ ...key, type: "Opaque" }], "/home")).toEqual([]);
});
