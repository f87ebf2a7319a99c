/** Where Docker Hub answers to the distribution API; images name it docker.io. */
export const dockerHub = "registry-1.docker.io";

const names = new Set(["docker.io", "index.docker.io", dockerHub]);

/** Whether a registry's name is one of Docker Hub's. */
export function isDockerHub(host: string): boolean {
  return names.has(host);
}
