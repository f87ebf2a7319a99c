/** What is to be mended about secrets of EventListeners, by the listeners' names. The bot works with such secrets. */
export function weakSecrets(secrets: ReadonlyMap<string, string>): readonly string[] {
  return [...secrets].flatMap(([name, secret]) =>
    faultsOf(secret).map((fault) => `${name}: the secret of its EventListener ${fault}`),
  );
}

function faultsOf(secret: string): readonly string[] {
  const bare = secret.trim();
  return [
    ...(bare.length < 16
      ? [
          "is shorter than 16 characters: who guesses it starts builds. Make one with `openssl rand -hex 32`.",
        ]
      : []),
    ...(bare === secret
      ? []
      : [
          "begins or ends with white space, such as the newline that `echo` adds: the listener refuses everything unless its own has the same. Take it off both.",
        ]),
  ];
}
