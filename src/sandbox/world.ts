import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { SandboxOptions } from "./options.ts";
import type { Account, Delivery, Installation, InstallationToken, Repository } from "./types.ts";

/** Everything the sandbox knows; it lives as long as its process, the git repositories in their directory. */
export interface World {
  readonly options: SandboxOptions;
  /** Set once the server listens. */
  url: string;
  webhookUrl: string | undefined;
  readonly appKey: { readonly privateKey: string; readonly publicKey: KeyObject };
  readonly appCreatedAt: string;
  /** The account that owns the App. */
  readonly appOwner: Account;
  readonly bot: Account;
  /** By login in lower case: GitHub ignores case in names. */
  readonly accounts: Map<string, Account>;
  readonly tokens: Map<string, Account>;
  readonly installationTokens: Map<string, InstallationToken>;
  readonly installations: Map<string, Installation>;
  /** By `owner/name` in lower case. */
  readonly repositories: Map<string, Repository>;
  readonly deliveries: Delivery[];
  /** Work under way that close() has to wait for or stop. */
  readonly timers: Set<NodeJS.Timeout>;
  /** Called with each new delivery; set by whoever sends them. */
  send: (delivery: Delivery) => void;
  lastId: number;
}

const firstInstallationId = 1001;

export function createWorld(options: SandboxOptions): World {
  const now = timestamp();
  const account = (id: number, login: string, name: string, type: Account["type"]): Account => ({
    id,
    login,
    name,
    type,
    createdAt: now,
  });
  const appOwner = account(1, "sandbox-apps", "Owner of the App", "Organization");
  const bot = account(2, `${options.app.slug}[bot]`, options.app.slug, "Bot");
  const people = options.people.map((person, index) =>
    account(10 + index, person.login, person.name, "User"),
  );
  const accounts = new Map(
    [appOwner, bot, ...people].map((each) => [each.login.toLowerCase(), each]),
  );
  const tokens = new Map(
    options.people.flatMap((person) => {
      const owner = accounts.get(person.login.toLowerCase());
      const token = person.token ?? `ghp_sandbox_${person.login}`;
      return owner === undefined ? [] : [[token, owner] as const];
    }),
  );
  const privateKey = options.app.privateKey ?? newPrivateKey();
  return {
    options,
    url: "",
    webhookUrl: options.app.webhookUrl,
    appKey: { privateKey, publicKey: createPublicKey(privateKey) },
    appCreatedAt: now,
    appOwner,
    bot,
    accounts,
    tokens,
    installationTokens: new Map(),
    installations: new Map(),
    repositories: new Map(),
    deliveries: [],
    timers: new Set(),
    send: () => undefined,
    lastId: firstInstallationId,
  };
}

/** The id of the App's first installation is known before there is a repository. */
export const installationIdOfFirstOwner = firstInstallationId;

export function nextId(world: World): number {
  world.lastId += 1;
  return world.lastId;
}

/** ISO 8601 without fractions, as GitHub writes times. */
export function timestamp(at: Date = new Date()): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** The account of that login, made where it is missing (as an organization that owns repositories). */
export function ensureOwner(world: World, login: string): Account {
  const known = world.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  const owner: Account = {
    id: nextId(world),
    login,
    name: login,
    type: "Organization",
    createdAt: timestamp(),
  };
  world.accounts.set(login.toLowerCase(), owner);
  return owner;
}

export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  return world.repositories.get(`${owner}/${name}`.toLowerCase());
}

export function findRepositoryById(world: World, id: number): Repository | undefined {
  return [...world.repositories.values()].find((repository) => repository.id === id);
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** Runs `work` after `milliseconds`, unless the sandbox closes first. */
export function later(world: World, milliseconds: number, work: () => void): void {
  const timer = setTimeout(() => {
    world.timers.delete(timer);
    work();
  }, milliseconds);
  world.timers.add(timer);
}

function newPrivateKey(): string {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
}
