import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { type Problem, ProblemError } from "../problem.ts";
import { createRepository, forkRepository } from "./actions/create-repository.ts";
import { queuePull } from "./actions/merge-queue.ts";
import { createFaults } from "./http/faults.ts";
import { gitHttpRoutes } from "./http/git-routes.ts";
import type { RestCall } from "./http/rest-calls.ts";
import type { Sandbox, SandboxOptions } from "./options.ts";
import { pages } from "./pages/pages.ts";
import { restApi } from "./rest/rest-api.ts";
import type { Account, Delivery } from "./types.ts";
import { repeatDelivery } from "./webhooks/emit.ts";
import { postForged } from "./webhooks/post-delivery.ts";
import { createSender } from "./webhooks/sender.ts";
import { createWorld, findRepository, installationIdOfFirstOwner, type World } from "./world.ts";

/** Starts a stand-in for GitHub on loopback: REST, webhooks, git over HTTP, and pages. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = createWorld(options);
  const sender = createSender(world);
  world.send = (delivery) => sender.send(delivery);
  const faults = createFaults();
  const calls: RestCall[] = [];
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/", restApi(world, faults, calls));
  app.route("/", gitHttpRoutes(world));
  app.route("/", pages(world));
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  const host = options.host ?? "127.0.0.1";
  server.listen(options.port ?? 0, host);
  await once(server, "listening").catch((error: unknown) => {
    throw new ProblemError(cannotListen(options.port ?? 0, error), { cause: error });
  });
  const port = portOf(server.address());
  world.url = `http://${host}:${port.toString()}`;

  return {
    url: world.url,
    apiUrl: `${world.url}/api/v3`,
    port,
    app: {
      id: options.app.id,
      slug: options.app.slug,
      privateKey: world.appKey.privateKey,
      installationId: installationIdOfFirstOwner,
    },
    createRepository: (wanted) => createRepository(world, wanted),
    fork(owner, name, login) {
      const parent = findRepository(world, owner, name);
      if (parent === undefined) throw new Error(`There is no repository ${owner}/${name}.`);
      return forkRepository(world, parent, personOf(world, login));
    },
    queuePull(owner, name, number, login) {
      const repository = findRepository(world, owner, name);
      const pull = repository?.pulls.get(number);
      if (repository === undefined || pull === undefined)
        throw new Error(`There is no pull request ${owner}/${name}#${number}.`);
      return queuePull(world, repository, pull, personOf(world, login));
    },
    setWebhookUrl(url) {
      world.webhookUrl = url;
    },
    tokenFor: (login) => tokenOf(world, login),
    people: () => [...world.tokens.values()],
    deliveries: () => world.deliveries,
    async sendAgain(deliveryId) {
      const again = repeatDelivery(world, deliveryOf(world, deliveryId), false);
      await sender.settled();
      return again;
    },
    sendForged: (deliveryId) => postForged(world, deliveryOf(world, deliveryId)),
    settled: () => sender.settled(),
    fault: (rule) => faults.add(rule),
    restCalls: () => calls,
    async close() {
      for (const timer of world.timers) clearTimeout(timer);
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, sender.close()]);
    },
  };
}

function cannotListen(port: number, error: unknown): Problem {
  return {
    kind: "unavailable",
    what: `The sandbox cannot listen: ${error instanceof Error ? error.message : String(error)}.`,
    where: `port ${port.toString()}`,
    next: "Choose another port, or 0 for any free one.",
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

function personOf(world: World, login: string): Account {
  const account = world.accounts.get(login.toLowerCase());
  if (account === undefined) throw new Error(`There is nobody called ${login}.`);
  return account;
}

function tokenOf(world: World, login: string): string {
  const account = personOf(world, login);
  const found = [...world.tokens].find(([, owner]) => owner === account);
  if (found === undefined) throw new Error(`${login} has no token.`);
  return found[0];
}

function deliveryOf(world: World, id: number): Delivery {
  const delivery = world.deliveries.find((each) => each.id === id);
  if (delivery === undefined) throw new Error(`There is no delivery ${id.toString()}.`);
  return delivery;
}
