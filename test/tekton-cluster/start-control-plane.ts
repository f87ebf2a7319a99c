import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { waitFor } from "../../src/demo/wait-for.ts";
import { freePort } from "../../src/demo/free-port.ts";
import { boundToParent, type Processes } from "./processes.ts";
import { programPath } from "./programs.ts";

export interface ControlPlane {
  readonly server: string;
  readonly certificate: string;
  /** Of an administrator. */
  readonly kubeconfigFile: string;
  readonly kubeConfig: KubeConfig;
  /** The API server's certificate and key, for whoever else needs one on this machine. */
  readonly tls: { readonly cert: string; readonly key: string };
}

/**
 * Services get addresses of the loopback range: what listens on every address is reached there without a kube-proxy,
 * by the API server that calls a webhook as by anybody else on this machine.
 */
const serviceRange = "127.64.0.0/16";
const controllers = [
  "garbage-collector-controller",
  "namespace-controller",
  "persistentvolumeclaim-protection-controller",
  "root-ca-certificate-publisher-controller",
  "serviceaccount-controller",
];

/** etcd, kube-apiserver with RBAC, and the controllers that namespaces and deletions need. */
export async function startControlPlane(
  directory: string,
  processes: Processes,
): Promise<ControlPlane> {
  mkdirSync(directory, { recursive: true });
  const [clientPort, peerPort, securePort] = [
    await freePort("127.0.0.1"),
    await freePort("127.0.0.1"),
    await freePort("127.0.0.1"),
  ];
  const etcd = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  processes.start("etcd", {
    argv: [
      ...boundToParent,
      programPath("kubernetes", "server"),
      `--data-dir=${join(directory, "etcd")}`,
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      "--unsafe-no-fsync",
      "--log-level=warn",
    ],
  });
  const signingKey = join(directory, "service-accounts.pem");
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  writeFileSync(signingKey, privateKey, { mode: 0o600 });
  const token = randomBytes(24).toString("hex");
  const tokens = join(directory, "tokens.csv");
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const certificates = join(directory, "certificates");
  processes.start("kube-apiserver", {
    argv: [
      ...boundToParent,
      programPath("kubernetes", "kube-apiserver"),
      `--etcd-servers=${etcd}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${securePort}`,
      `--cert-dir=${certificates}`,
      `--service-cluster-ip-range=${serviceRange}`,
      "--authorization-mode=RBAC",
      `--token-auth-file=${tokens}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${signingKey}`,
      `--service-account-signing-key-file=${signingKey}`,
      "--kubelet-preferred-address-types=InternalIP",
      // Nobody looks for the API server through its Service here, and endpoints on loopback are refused.
      "--endpoint-reconciler-type=none",
      "--advertise-address=192.0.2.1",
    ],
  });
  const server = `https://127.0.0.1:${securePort}`;
  const certificate = join(certificates, "apiserver.crt");
  await waitFor("kube-apiserver is ready", () => isReady(server, token, certificate), {
    timeoutMs: 120_000,
    everyMs: 250,
  });
  const kubeconfigFile = join(directory, "kubeconfig.yaml");
  writeKubeconfig(kubeconfigFile, { server, certificate }, token);
  processes.start("kube-controller-manager", {
    argv: [
      ...boundToParent,
      programPath("kubernetes", "kube-controller-manager"),
      `--kubeconfig=${kubeconfigFile}`,
      `--controllers=${controllers.join(",")}`,
      `--root-ca-file=${certificate}`,
      "--leader-elect=false",
      "--secure-port=0",
    ],
  });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(kubeconfigFile);
  const tls = {
    cert: readFileSync(certificate, "utf8"),
    key: readFileSync(join(certificates, "apiserver.key"), "utf8"),
  };
  return { server, certificate, kubeconfigFile, kubeConfig, tls };
}

/** A kubeconfig whose user proves itself by a token. */
export function writeKubeconfig(
  file: string,
  { server, certificate }: Pick<ControlPlane, "server" | "certificate">,
  token: string,
): void {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name: "tekton-cluster",
      server,
      caData: readFileSync(certificate).toString("base64"),
      skipTLSVerify: false,
    },
    { name: "user", token },
  );
  writeFileSync(file, kubeConfig.exportConfig(), { mode: 0o600 });
}

/** The first answer of the API server is that it is ready, and its certificate is there by then. */
async function isReady(
  server: string,
  token: string,
  certificate: string,
): Promise<true | undefined> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name: "tekton-cluster",
      server,
      caData: readFileSync(certificate).toString("base64"),
      skipTLSVerify: false,
    },
    { name: "user", token },
  );
  await kubeConfig.makeApiClient(CoreV1Api).readNamespace({ name: "kube-system" });
  return true;
}
