import { request } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { serveHttp, type HttpServer } from "../../support/serve-http.ts";

/** Stands between a client and the API server, which still decides by the client's own token. */
export interface ApiProxy extends HttpServer {
  /** Breaks every connection, and lets no other be made. */
  cut(): void;
  restore(): void;
  /** Lets the next watch ask for changes since the first version of all, which the API server has forgotten. */
  ageNextWatch(): void;
  /** What the API server answered to watches that were made older: the status, and the first line. */
  readonly aged: readonly string[];
  /** What its client reaches the API server with through it, and what without. */
  readonly kubeconfig: string;
  readonly directKubeconfig: string;
}

/** Passes everything on to the API server of a kubeconfig. */
export async function startApiProxy(kubeconfig: string): Promise<ApiProxy> {
  const direct = new KubeConfig();
  direct.loadFromString(kubeconfig);
  const cluster = direct.getCurrentCluster();
  const user = direct.getCurrentUser();
  if (cluster?.caData === undefined || user === null)
    throw new Error("the kubeconfig has no cluster with a certificate, or no user");
  const ca = Buffer.from(cluster.caData, "base64");
  const aged: string[] = [];
  const breaks = new Set<() => void>();
  let isCut = false;
  let isAging = false;
  const server = await serveHttp((incoming, outgoing) => {
    if (isCut) {
      incoming.socket.destroy();
      return;
    }
    const url = new URL(incoming.url ?? "/", cluster.server);
    const isAged = isAging && url.searchParams.has("watch");
    if (isAged) {
      isAging = false;
      url.searchParams.set("resourceVersion", "1");
    }
    const { method } = incoming;
    const headers = { ...incoming.headers, host: url.host };
    const forwarded = request(url, { method, headers, ca }, (answer) => {
      if (isAged)
        answer.once("data", (chunk: Buffer) =>
          aged.push(`${answer.statusCode ?? 0} ${chunk.toString()}`),
        );
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
      answer.pipe(outgoing);
      answer.on("error", () => outgoing.destroy());
    });
    const end = (): void => {
      incoming.socket.destroy();
      forwarded.destroy();
    };
    breaks.add(end);
    outgoing.on("close", () => {
      breaks.delete(end);
      forwarded.destroy();
    });
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  const through = new KubeConfig();
  through.loadFromClusterAndUser({ name: "proxy", server: server.url, skipTLSVerify: true }, user);
  return {
    ...server,
    aged,
    kubeconfig: through.exportConfig(),
    directKubeconfig: kubeconfig,
    cut() {
      isCut = true;
      for (const end of breaks) end();
    },
    restore() {
      isCut = false;
    },
    ageNextWatch() {
      isAging = true;
    },
  };
}
