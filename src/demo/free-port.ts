import { once } from "node:events";
import { createServer } from "node:net";

/** A port of this address that nobody listens on: the bot's address has to be told to the others before it listens. */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
