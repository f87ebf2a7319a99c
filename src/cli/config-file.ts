/** The server file that a command uses: its option, else the environment's, else the one in this folder. */
export function configFile(option: string | undefined): string {
  return option ?? process.env["OKD_STREAMS_CONFIG"] ?? "okd-streams.server.yaml";
}
