const hereDocument = /<<-?\s*["']?(\w+)["']?/;

/** The commands of a shell script, line by line, with continued lines put together; without remarks and here-documents. */
export function commandsOf(script: string): string[] {
  const commands: string[] = [];
  let end: string | undefined;
  for (const line of script.replaceAll("\\\n", " ").split("\n")) {
    const command = line.trim();
    if (end !== undefined) {
      if (command === end) end = undefined;
      continue;
    }
    if (command === "" || command.startsWith("#")) continue;
    commands.push(command);
    if (!command.includes("<<<")) end = hereDocument.exec(command)?.[1];
  }
  return commands;
}
