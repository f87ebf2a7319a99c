import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import * as rpc from "vscode-jsonrpc/node.js";
import * as z from "zod";

/** Places as the Language Server Protocol counts them: from 0. */
const positionSchema = z.object({ line: z.number(), character: z.number() });
const diagnosticsSchema = z.object({
  uri: z.string(),
  diagnostics: z.array(
    z.object({
      message: z.string(),
      range: z.object({ start: positionSchema, end: positionSchema }),
    }),
  ),
});
const completionSchema = z.object({ items: z.array(z.object({ label: z.string() })) });
const hoverSchema = z.object({ contents: z.object({ value: z.string() }) }).nullable();

export type Diagnostic = z.output<typeof diagnosticsSchema>["diagnostics"][number];
export type Position = z.output<typeof positionSchema>;

/** The YAML language server of editors, as a process that speaks its protocol over standard input and output. */
export interface LanguageServer {
  /** Opens a file with this text; gives what is found wrong in it. */
  open(file: string, text: string): Promise<Diagnostic[]>;
  complete(file: string, position: Position): Promise<string[]>;
  hover(file: string, position: Position): Promise<string | undefined>;
  stop(): Promise<void>;
}

export async function startLanguageServer(): Promise<LanguageServer> {
  const program = createRequire(import.meta.url).resolve(
    "yaml-language-server/bin/yaml-language-server",
  );
  const child = spawn(process.execPath, [program, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = rpc.createMessageConnection(child.stdout, child.stdin);
  const waiting = new Map<string, (found: Diagnostic[]) => void>();
  connection.onNotification("textDocument/publishDiagnostics", (params: unknown) => {
    const { uri, diagnostics } = diagnosticsSchema.parse(params);
    waiting.get(uri)?.(diagnostics);
  });
  // The schema store is on the network, and says nothing of our files.
  const settings = {
    validate: true,
    hover: true,
    completion: true,
    schemaStore: { enable: false },
  };
  connection.onRequest("workspace/configuration", (params: unknown) =>
    z
      .object({ items: z.array(z.object({ section: z.string().optional() })) })
      .parse(params)
      .items.map(({ section }) => (section === "yaml" ? settings : {})),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: { completion: {}, hover: {}, publishDiagnostics: {} },
      workspace: { configuration: true },
    },
  });
  await connection.sendNotification("initialized", {});

  const at = (file: string, position: Position) => ({
    textDocument: { uri: pathToFileURL(file).href },
    position,
  });
  return {
    open: (file, text) =>
      new Promise((resolve, reject) => {
        const uri = pathToFileURL(file).href;
        waiting.set(uri, resolve);
        connection
          .sendNotification("textDocument/didOpen", {
            textDocument: { uri, languageId: "yaml", version: 1, text },
          })
          .catch(reject);
      }),
    async complete(file, position) {
      const answer = await connection.sendRequest("textDocument/completion", at(file, position));
      return completionSchema.parse(answer).items.map(({ label }) => label);
    },
    async hover(file, position) {
      const answer = await connection.sendRequest("textDocument/hover", at(file, position));
      return hoverSchema.parse(answer)?.contents.value;
    },
    async stop() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      connection.dispose();
      if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
    },
  };
}
